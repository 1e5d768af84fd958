package com.igny8.identity;

import static java.util.stream.Collectors.toMap;

import com.igny8.kernel.Problem;
import com.igny8.tenancy.Columns;
import com.igny8.tenancy.Message;
import com.igny8.tenancy.NamedLock;
import com.igny8.tenancy.PlatformTransactions;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** The people who can sign in. */
@Component
public class Users {
    private static final String LOCK_UNLESS_ENDED =
            """
            SELECT EXISTS (SELECT FROM app_user WHERE id = :user AND sign_ins_ended = :ended
                              FOR NO KEY UPDATE)
            """;

    private final PlatformTransactions platform;
    private final Passwords passwords;
    private final SignInGuard guard;
    private final Clock clock;

    Users(PlatformTransactions platform, Passwords passwords, SignInGuard guard, Clock clock) {
        this.platform = platform;
        this.passwords = passwords;
        this.guard = guard;
        this.clock = clock;
    }

    /**
     * Checks and hashes what somebody gave, which takes its time: to be done before the transaction
     * that makes a user of them, or it would hold a connection meanwhile.
     */
    public Newcomer prepare(NewUser newUser) {
        return new Newcomer(
                newUser.email(),
                passwords.hash(newUser.password()),
                newUser.firstName(),
                newUser.lastName());
    }

    /** Adds a person; nothing where the email is taken, in whatever case it is written. */
    public Optional<User> create(Newcomer newcomer) {
        return insert(newcomer, false);
    }

    /** Adds one of the operator's staff. */
    public Optional<User> createOperator(NewUser newUser) {
        return insert(prepare(newUser), true);
    }

    private Optional<User> insert(Newcomer newcomer, boolean isOperator) {
        return platform.write(
                jdbc -> {
                    lockAddresses(jdbc, newcomer.email());
                    return isKept(jdbc, newcomer.email(), null)
                            ? Optional.empty()
                            : jdbc.sql(
                                            """
                                            INSERT INTO app_user (email, password_hash, first_name,
                                                last_name, is_operator)
                                            VALUES (:email, :hash, :first_name, :last_name,
                                                :is_operator)
                                            ON CONFLICT (lower(email)) DO NOTHING
                                            RETURNING *
                                            """)
                                    .param("email", newcomer.email())
                                    .param("hash", newcomer.passwordHash())
                                    .param("first_name", newcomer.firstName())
                                    .param("last_name", newcomer.lastName())
                                    .param("is_operator", isOperator)
                                    .query(Users::user)
                                    .optional();
                });
    }

    /** Until the transaction ends nobody else takes them or gives them up. */
    static void lockAddresses(JdbcClient jdbc, String... emails) {
        // In one order, so that nobody waits in a circle
        Stream.of(emails)
                .map(Users::normal)
                .distinct()
                .sorted()
                .forEach(email -> NamedLock.take(jdbc::sql, email));
    }

    /**
     * Whether somebody may still take the address back that they gave up: or a thief who changed it
     * could sign up with it, and keep what they stole.
     *
     * @param by who may have it; null for newcomers
     */
    boolean isKept(JdbcClient jdbc, String email, @Nullable UUID by) {
        return jdbc.sql(
                        """
                        SELECT EXISTS (SELECT FROM email_change
                            WHERE lower(old_email) = :email AND confirmed_at IS NOT NULL
                              AND undone_at IS NULL AND undo_until > :now
                              AND user_id IS DISTINCT FROM :by)
                        """)
                .param("email", normal(email))
                .param("now", Columns.timestamp(clock.instant()))
                .param("by", by)
                .query(Boolean.class)
                .single();
    }

    /** The operator's staff of longest standing; nothing at the first start. */
    public Optional<User> firstOperator() {
        return platform.read(
                jdbc ->
                        jdbc.sql(
                                        """
                                        SELECT * FROM app_user WHERE is_operator AND is_active
                                         ORDER BY created_at, id LIMIT 1
                                        """)
                                .query(Users::user)
                                .optional());
    }

    /** As email addresses are compared: PostgreSQL's lower() takes an İ for an i, we do not. */
    static String normal(String email) {
        return email.strip().toLowerCase(Locale.ROOT);
    }

    /** Somebody as signing in needs to know them. */
    record Known(User user, String passwordHash, boolean hasSecondFactor) {}

    Optional<Known> known(String email) {
        return platform.query(
                jdbc ->
                        jdbc.sql(
                                        """
                                        SELECT app_user.*, confirmed_at IS NOT NULL
                                                   AS has_second_factor
                                          FROM app_user
                                          LEFT JOIN second_factor ON user_id = app_user.id
                                         WHERE lower(email) = :email AND is_active
                                        """)
                                .param("email", normal(email))
                                .query(
                                        (row, number) ->
                                                new Known(
                                                        user(row, number),
                                                        row.getString("password_hash"),
                                                        row.getBoolean("has_second_factor")))
                                .optional());
    }

    /** Whoever has this address; for us alone, nobody outside is told. */
    public Optional<User> find(String email) {
        return known(email).map(Known::user);
    }

    /** Refuses, on the field {@code password}, who does not know the password of this user. */
    public void requirePassword(User user, String password) {
        requirePassword(user, "password", password);
    }

    /** Asked again before what a thief of a session must not do. */
    void requirePassword(User user, String field, String password) {
        if (withPassword(user.email(), password).isEmpty()) {
            throw Problem.invalid(field, "This is not your password");
        }
    }

    /**
     * Whom this email and password belong to; guessing is slowed down. It takes as long for an
     * email that nobody has.
     */
    Optional<Known> withPassword(String email, String password) {
        SignInGuard.Subject subject = guard.passwordOf(email);
        guard.admit(subject);
        Optional<Known> known = known(email);
        if (!passwords.matches(password, known.map(Known::passwordHash).orElse(null))) {
            guard.failed(subject);
            return Optional.empty();
        }
        guard.succeeded(subject);
        return known;
    }

    /**
     * Within the transaction of what only they may do: refuses where all their sign-ins were ended
     * since the user was read, and holds off an end until it is done.
     */
    public void requireNotEnded(User user) {
        platform.run(jdbc -> lockUnlessEnded(jdbc, user));
    }

    /** In place of one that is right but no longer good enough; not of one set since. */
    void rehash(Known known, String password) {
        String hash = passwords.hash(password);
        platform.run(
                jdbc ->
                        jdbc.sql(
                                        """
                                        UPDATE app_user SET password_hash = :hash
                                         WHERE id = :id AND password_hash = :old
                                        """)
                                .param("hash", hash)
                                .param("id", known.user().id())
                                .param("old", known.passwordHash())
                                .update());
    }

    /** Gives a person another name to be called by. */
    public User rename(UUID id, PersonName name) {
        return platform.write(
                jdbc ->
                        jdbc.sql(
                                        """
                                        UPDATE app_user
                                           SET first_name = :first_name, last_name = :last_name
                                         WHERE id = :id RETURNING *
                                        """)
                                .param("first_name", name.firstName())
                                .param("last_name", name.lastName())
                                .param("id", id)
                                .query(Users::user)
                                .single());
    }

    /** Those of these people that there are, by id. */
    public Map<UUID, User> byId(Collection<UUID> ids) {
        return ids.isEmpty()
                ? Map.of()
                : platform
                        .read(
                                jdbc ->
                                        jdbc.sql("SELECT * FROM app_user WHERE id IN (:ids)")
                                                .param("ids", ids)
                                                .query(Users::user)
                                                .list())
                        .stream()
                        .collect(toMap(User::id, user -> user));
    }

    /** Notes that the user has shown to read their mail. */
    public void confirmEmail(UUID id) {
        platform.run(
                jdbc ->
                        jdbc.sql(
                                        """
                                        UPDATE app_user SET email_verified_at = :now
                                         WHERE id = :id AND email_verified_at IS NULL
                                        """)
                                .param("now", Columns.timestamp(clock.instant()))
                                .param("id", id)
                                .update());
    }

    /**
     * Until the transaction ends nobody else goes on with, or ends, a sign-in of this person: what
     * is ended must not miss what another is just adding.
     */
    static void lock(JdbcClient jdbc, UUID id) {
        jdbc.sql("SELECT id FROM app_user WHERE id = :id FOR NO KEY UPDATE")
                .param("id", id)
                .query(UUID.class)
                .optional();
    }

    /**
     * As {@link #lock}; refuses where all sign-ins were ended since the user was read. A password
     * takes long to check, and by then it may be the one of before.
     */
    static void lockUnlessEnded(JdbcClient jdbc, User user) {
        jdbc.sql(LOCK_UNLESS_ENDED)
                .param("user", user.id())
                .param("ended", user.signInsEnded())
                .query(Users::refuseEnded);
    }

    /** As above, as a part of a message: when it is sent, that may be refused. */
    static void lockUnlessEnded(Message message, User user) {
        message.query(LOCK_UNLESS_ENDED, Users::refuseEnded)
                .param("user", user.id())
                .param("ended", user.signInsEnded());
    }

    private static void refuseEnded(ResultSet row) throws SQLException {
        if (!row.getBoolean(1)) {
            throw Problem.unauthenticated(
                    "sign_in_ended",
                    "You were signed out everywhere in this moment. Sign in again");
        }
    }

    public User get(UUID id) {
        return platform.read(
                        jdbc ->
                                jdbc.sql("SELECT * FROM app_user WHERE id = :id")
                                        .param("id", id)
                                        .query(Users::user)
                                        .optional())
                .orElseThrow(() -> Problem.notFound("User"));
    }

    static User user(ResultSet row, int number) throws SQLException {
        return new User(
                Columns.uuid(row, "id"),
                row.getString("email"),
                row.getString("first_name"),
                row.getString("last_name"),
                row.getBoolean("is_operator"),
                Columns.instantOrNull(row, "email_verified_at") != null,
                row.getInt("sign_ins_ended"));
    }
}
