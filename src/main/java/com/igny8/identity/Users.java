package com.igny8.identity;

import com.igny8.kernel.Problem;
import com.igny8.tenancy.Columns;
import com.igny8.tenancy.PlatformTransactions;

import org.springframework.stereotype.Component;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/** The people who can sign in. */
@Component
public class Users {
    private final PlatformTransactions platform;
    private final Passwords passwords;

    Users(PlatformTransactions platform, Passwords passwords) {
        this.platform = platform;
        this.passwords = passwords;
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
                Columns.instantOrNull(row, "email_verified_at") != null);
    }
}
