package com.igny8.testing;

import com.igny8.identity.AuthenticatorApp;
import com.igny8.identity.Tokens;
import com.igny8.tenancy.SecretBox;
import com.igny8.testing.World.Person;

import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/** What is mailed or shown to somebody in a world and asked for afterwards: each made anew. */
public final class Proofs {
    private final World world;

    Proofs(World world) {
        this.world = world;
    }

    private Timestamp in(Duration time) {
        return Timestamp.from(now().plus(time));
    }

    private Instant now() {
        return world.product().clock().instant();
    }

    /** One like ours, and known again as an id where addresses are compared. */
    private static String fresh() {
        return UUID.randomUUID().toString();
    }

    /** A link that proves they read their mail. */
    public String emailVerification(Person person) {
        String token = fresh();
        world.sql()
                .sql(
                        """
                        INSERT INTO email_verification (token_hash, user_id, email, expires_at)
                        VALUES (?, ?, ?, ?)
                        """)
                .params(
                        Tokens.hash(token),
                        person.userId(),
                        person.email(),
                        in(Duration.ofHours(1)))
                .update();
        return token;
    }

    /** A link to set another password. */
    public String passwordReset(Person person) {
        String token = fresh();
        world.sql()
                .sql(
                        """
                        INSERT INTO password_reset (token_hash, user_id, created_at, expires_at)
                        VALUES (?, ?, ?, ?)
                        """)
                .params(
                        Tokens.hash(token),
                        person.userId(),
                        in(Duration.ZERO),
                        in(Duration.ofHours(1)))
                .update();
        return token;
    }

    /** A link by which another address counts from now on. */
    public String emailChange(Person person) {
        String token = fresh();
        changeEmail(person, token, fresh());
        return token;
    }

    /** A link by which it does not. */
    public String emailChangeUndo(Person person) {
        String token = fresh();
        changeEmail(person, fresh(), token);
        return token;
    }

    private void changeEmail(Person person, String token, String undoToken) {
        world.sql()
                .sql(
                        """
                        INSERT INTO email_change (token_hash, undo_hash, user_id, old_email,
                            new_email, created_at, expires_at, undo_until)
                        VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                        """)
                .params(
                        Tokens.hash(token),
                        Tokens.hash(undoToken),
                        person.userId(),
                        person.email(),
                        Product.freshEmail(),
                        in(Duration.ZERO),
                        in(Duration.ofDays(1)),
                        in(Duration.ofDays(7)))
                .update();
    }

    /** A link that offers a seat in the account to somebody new. */
    public String invitation() {
        String token = fresh();
        world.invite(token);
        return token;
    }

    /** The code with which a second factor that was just begun is turned on. */
    public String codeToTurnOn(Person person) {
        return secondFactor(person, "NULL");
    }

    /** Turns a second factor on; a code that is good now. */
    public String code(Person person) {
        return secondFactor(person, "now()");
    }

    private String secondFactor(Person person, String confirmedAt) {
        byte[] secret = AuthenticatorApp.freshSecret();
        world.sql()
                .sql(
                        """
                        INSERT INTO second_factor (user_id, sealed_secret, created_at, confirmed_at)
                        VALUES (:user, :secret, now(), %1$s)
                        ON CONFLICT (user_id) DO UPDATE
                           SET sealed_secret = :secret, confirmed_at = %1$s, last_step = 0
                        """
                                .formatted(confirmedAt))
                .param("user", person.userId())
                .param("secret", world.product().bean(SecretBox.class).seal(secret))
                .update();
        return AuthenticatorApp.code(secret, now());
    }

    /** What stands for a right password until the code is shown. */
    public String challenge(Person person) {
        String challenge = fresh();
        world.sql()
                .sql(
                        """
                        INSERT INTO sign_in_challenge (token_hash, user_id, expires_at)
                        VALUES (?, ?, ?)
                        """)
                .params(Tokens.hash(challenge), person.userId(), in(Duration.ofMinutes(5)))
                .update();
        return challenge;
    }
}
