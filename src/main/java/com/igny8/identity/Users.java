package com.igny8.identity;

import static java.util.stream.Collectors.toMap;

import com.igny8.kernel.Problem;
import com.igny8.tenancy.Columns;
import com.igny8.tenancy.PlatformTransactions;

import org.springframework.stereotype.Component;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The people who can sign in. */
@Component
public class Users {
    private final PlatformTransactions platform;
    private final Passwords passwords;
    private final Clock clock;

    Users(PlatformTransactions platform, Passwords passwords, Clock clock) {
        this.platform = platform;
        this.passwords = passwords;
        this.clock = clock;
    }

    private record WithHash(User user, String hash) {}

    /** Adds a person; nothing where the email is taken, in whatever case it is written. */
    public Optional<User> create(NewUser newUser) {
        return insert(newUser, false);
    }

    /** Adds one of the operator's staff. */
    public Optional<User> createOperator(NewUser newUser) {
        return insert(newUser, true);
    }

    private Optional<User> insert(NewUser newUser, boolean isOperator) {
        String hash = passwords.hash(newUser.password());
        return platform.write(
                jdbc ->
                        jdbc.sql(
                                        """
                                        INSERT INTO app_user
                                            (email, password_hash, first_name, last_name, is_operator)
                                        VALUES (:email, :hash, :first_name, :last_name, :is_operator)
                                        ON CONFLICT (lower(email)) DO NOTHING
                                        RETURNING *
                                        """)
                                .param("email", newUser.email())
                                .param("hash", hash)
                                .param("first_name", newUser.firstName())
                                .param("last_name", newUser.lastName())
                                .param("is_operator", isOperator)
                                .query(Users::user)
                                .optional());
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

    /** The user with this email and password; the refusal does not tell which of them is wrong. */
    public User authenticate(String email, String password) {
        Optional<WithHash> found =
                platform.read(
                        jdbc ->
                                jdbc.sql(
                                                """
                                                SELECT * FROM app_user
                                                 WHERE lower(email) = :email AND is_active
                                                """)
                                        // Not lower(:email): PostgreSQL takes an İ for an i, and
                                        // the throttle, which does not, would be gone round
                                        .param("email", email.strip().toLowerCase(Locale.ROOT))
                                        .query(
                                                (row, number) ->
                                                        new WithHash(
                                                                user(row, number),
                                                                row.getString("password_hash")))
                                        .optional());
        if (!passwords.matches(password, found.map(WithHash::hash).orElse(null))) {
            throw Problem.unauthenticated("invalid_credentials", "Email or password is not right");
        }
        return found.orElseThrow().user();
    }

    /** Whoever has this address; for us alone, nobody outside is told. */
    public Optional<User> find(String email) {
        return platform.read(
                jdbc ->
                        jdbc.sql("SELECT * FROM app_user WHERE lower(email) = :email")
                                .param("email", email.strip().toLowerCase(Locale.ROOT))
                                .query(Users::user)
                                .optional());
    }

    /** Those with these ids. */
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

    /** Refuses, on the field {@code password}, who does not know the password of this user. */
    public void requirePassword(UUID id, String password) {
        Optional<String> hash =
                platform.read(
                        jdbc ->
                                jdbc.sql(
                                                "SELECT password_hash FROM app_user"
                                                        + " WHERE id = :id AND is_active")
                                        .param("id", id)
                                        .query(String.class)
                                        .optional());
        if (!passwords.matches(password, hash.orElse(null))) {
            throw Problem.invalid("password", "This is not your password");
        }
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

    public User get(UUID id) {
        return platform.read(
                        jdbc ->
                                jdbc.sql("SELECT * FROM app_user WHERE id = :id")
                                        .param("id", id)
                                        .query(Users::user)
                                        .optional())
                .orElseThrow(() -> Problem.notFound("User"));
    }

    /** Those of these people that there are, by id. */
    public Map<UUID, User> find(Set<UUID> ids) {
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
                        .collect(Collectors.toMap(User::id, Function.identity()));
    }

    static User user(ResultSet row, int number) throws SQLException {
        return new User(
                Columns.uuid(row, "id"),
                row.getString("email"),
                row.getString("first_name"),
                row.getString("last_name"),
                row.getBoolean("is_operator"),
                Columns.instantOrNull(row, "email_verified_at") != null);
    }
}
