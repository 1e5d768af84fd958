package com.igny8.identity;

import com.igny8.kernel.Problem;
import com.igny8.tenancy.Columns;
import com.igny8.tenancy.PlatformTransactions;
import com.igny8.tenancy.SecretBox;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/** Second factors: an authenticator app, and recovery codes for the day it is lost. */
@Component
public class SecondFactors {
    private final PlatformTransactions platform;
    private final Users users;
    private final SignInGuard guard;
    private final SecurityLetters letters;
    private final OwnActs acts;
    private final SecretBox secretBox;
    private final Clock clock;

    SecondFactors(
            PlatformTransactions platform,
            Users users,
            SignInGuard guard,
            SecurityLetters letters,
            OwnActs acts,
            SecretBox secretBox,
            Clock clock) {
        this.platform = platform;
        this.users = users;
        this.guard = guard;
        this.letters = letters;
        this.acts = acts;
        this.secretBox = secretBox;
        this.clock = clock;
    }

    /** How it stands with a person's second factor. */
    record Standing(boolean isOn, long recoveryCodesLeft) {}

    /** What an authenticator app is to be told; as text, and as the address its camera reads. */
    record Enrolment(String secret, String uri) {
        /** Not to be read in a log. */
        @Override
        public String toString() {
            return "Enrolment";
        }
    }

    /** Whether a person has one, so that their password alone does not let anybody in. */
    public boolean isOn(UUID userId) {
        return standing(userId).isOn();
    }

    Standing standing(UUID userId) {
        return platform.read(
                jdbc ->
                        jdbc.sql(
                                        """
                                        SELECT EXISTS (SELECT FROM second_factor
                                                   WHERE user_id = :user
                                                     AND confirmed_at IS NOT NULL) AS is_on,
                                               (SELECT count(*) FROM recovery_code
                                                 WHERE user_id = :user AND used_at IS NULL) AS codes
                                        """)
                                .param("user", userId)
                                .query(
                                        (row, number) ->
                                                new Standing(
                                                        row.getBoolean("is_on"),
                                                        row.getLong("codes")))
                                .single());
    }

    /** A new secret; it does not count before a code of it was shown. */
    Enrolment begin(User user, String password) {
        users.requirePassword(user, "password", password);
        Totp totp = Totp.fresh();
        int begun =
                platform.write(
                        jdbc ->
                                jdbc.sql(
                                                """
                                                INSERT INTO second_factor AS f
                                                    (user_id, sealed_secret, created_at)
                                                VALUES (:user, :secret, :now)
                                                ON CONFLICT (user_id) DO UPDATE
                                                   SET sealed_secret = :secret, created_at = :now,
                                                       last_step = 0
                                                 WHERE f.confirmed_at IS NULL
                                                """)
                                        .param("user", user.id())
                                        .param("secret", secretBox.seal(totp.secret()))
                                        .param("now", Columns.timestamp(clock.instant()))
                                        .update());
        if (begun == 0) {
            throw Problem.conflict(
                    "second_factor_on", "A second factor is on already. Turn it off first");
        }
        return enrolment(user, totp);
    }

    /** What was begun and not confirmed. */
    Optional<Enrolment> begun(User user) {
        return platform.read(jdbc -> stored(jdbc, user.id(), "confirmed_at IS NULL"))
                .map(stored -> enrolment(user, stored.totp()));
    }

    private static Enrolment enrolment(User user, Totp totp) {
        String text = totp.text();
        String email = URLEncoder.encode(user.email(), StandardCharsets.UTF_8).replace("+", "%20");
        return new Enrolment(
                text, "otpauth://totp/IGNY8:%s?secret=%s&issuer=IGNY8".formatted(email, text));
    }

    /** Turns it on, once the app has shown that it knows the secret; guessing is slowed down. */
    List<String> confirm(User user, String code) {
        SignInGuard.Subject subject = guard.codeOf(user);
        guard.admit(subject);
        List<String> recoveryCodes = turnOn(user, code);
        if (recoveryCodes.isEmpty()) {
            guard.failed(subject);
            throw Problem.invalid(
                    "code",
                    "This is not the code the app shows now. Is the clock of your phone right?");
        }
        guard.forgive(subject);
        return recoveryCodes;
    }

    /** Nothing where the code is wrong. */
    private List<String> turnOn(User user, String code) {
        return platform.write(
                jdbc -> {
                    Users.lockUnlessEnded(jdbc, user);
                    Stored stored =
                            stored(jdbc, user.id(), "confirmed_at IS NULL FOR UPDATE")
                                    .orElseThrow(SecondFactors::notBegun);
                    if (!useStep(jdbc, user.id(), stored, code)) {
                        return List.of();
                    }
                    jdbc.sql(
                                    """
                                    UPDATE second_factor SET confirmed_at = :now
                                     WHERE user_id = :user
                                    """)
                            .param("now", Columns.timestamp(clock.instant()))
                            .param("user", user.id())
                            .update();
                    letters.secondFactorOn(user);
                    acts.record("user.second_factor_on", user.id());
                    return renewCodes(jdbc, user.id());
                });
    }

    private static Problem notBegun() {
        return Problem.conflict("second_factor_not_begun", "Begin with a new secret first");
    }

    /** Other codes in place of those there are. */
    List<String> renewCodes(User user, String password) {
        users.requirePassword(user, "password", password);
        return platform.write(
                jdbc -> {
                    Users.lockUnlessEnded(jdbc, user);
                    if (stored(jdbc, user.id(), "confirmed_at IS NOT NULL FOR UPDATE").isEmpty()) {
                        throw isOff();
                    }
                    acts.record("user.recovery_codes_renewed", user.id());
                    return renewCodes(jdbc, user.id());
                });
    }

    private static Problem isOff() {
        return Problem.conflict("second_factor_off", "There is no second factor. Turn it on first");
    }

    private List<String> renewCodes(JdbcClient jdbc, UUID userId) {
        jdbc.sql("DELETE FROM recovery_code WHERE user_id = :user").param("user", userId).update();
        List<String> codes = RecoveryCodes.fresh();
        for (String code : codes) {
            jdbc.sql(
                            """
                            INSERT INTO recovery_code (user_id, fingerprint, created_at)
                            VALUES (:user, :code, :now)
                            """)
                    .param("user", userId)
                    .param("now", Columns.timestamp(clock.instant()))
                    .param("code", fingerprint(userId, code))
                    .update();
        }
        return codes;
    }

    private String fingerprint(UUID userId, String code) {
        return secretBox.fingerprint("recovery " + userId + ' ' + RecoveryCodes.normal(code));
    }

    void turnOff(User user, String password) {
        users.requirePassword(user, "password", password);
        platform.run(
                jdbc -> {
                    Users.lockUnlessEnded(jdbc, user);
                    int off =
                            jdbc.sql(
                                            """
                                            DELETE FROM second_factor
                                             WHERE user_id = :user AND confirmed_at IS NOT NULL
                                            """)
                                    .param("user", user.id())
                                    .update();
                    if (off == 0) {
                        throw isOff();
                    }
                    letters.secondFactorOff(user);
                    acts.record("user.second_factor_off", user.id());
                });
    }

    /** Whether the code is right, of whichever kind; if so, it is used up. */
    boolean use(User user, String code) {
        return platform.write(
                jdbc ->
                        stored(jdbc, user.id(), "confirmed_at IS NOT NULL FOR UPDATE")
                                .filter(
                                        stored ->
                                                useStep(jdbc, user.id(), stored, code)
                                                        || useRecoveryCode(jdbc, user, code))
                                .isPresent());
    }

    private boolean useStep(JdbcClient jdbc, UUID userId, Stored stored, String code) {
        OptionalLong step =
                stored.totp().matching(code.replace(" ", ""), clock.instant(), stored.lastStep());
        step.ifPresent(
                used ->
                        jdbc.sql("UPDATE second_factor SET last_step = :step WHERE user_id = :user")
                                .param("step", used)
                                .param("user", userId)
                                .update());
        return step.isPresent();
    }

    private boolean useRecoveryCode(JdbcClient jdbc, User user, String code) {
        int used =
                jdbc.sql(
                                """
                                UPDATE recovery_code SET used_at = :now
                                 WHERE user_id = :user AND fingerprint = :code AND used_at IS NULL
                                """)
                        .param("now", Columns.timestamp(clock.instant()))
                        .param("user", user.id())
                        .param("code", fingerprint(user.id(), code))
                        .update();
        if (used == 1) {
            letters.recoveryCodeUsed(user, standing(user.id()).recoveryCodesLeft());
        }
        return used == 1;
    }

    private record Stored(Totp totp, long lastStep) {}

    private Optional<Stored> stored(JdbcClient jdbc, UUID userId, String condition) {
        return jdbc.sql(
                        """
                        SELECT sealed_secret, last_step FROM second_factor
                         WHERE user_id = :user AND %s
                        """
                                .formatted(condition))
                .param("user", userId)
                .query(
                        (row, number) ->
                                new Stored(
                                        new Totp(secretBox.open(row.getBytes("sealed_secret"))),
                                        row.getLong("last_step")))
                .optional();
    }
}
