package com.igny8.identity;

import com.igny8.kernel.Problem;
import com.igny8.tenancy.Columns;
import com.igny8.tenancy.PlatformTransactions;
import com.igny8.tenancy.SecretBox;
import com.igny8.tenancy.SecurityEvents;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Slows down whoever guesses: after 3 wrong tries in a row the next has to wait a second, then
 * twice as long each time; after 10 a quarter of an hour and more. Counted in the database, so that
 * all nodes know of it, and the same for those who exist and those who do not.
 */
@Component
class SignInGuard {
    static final Duration FORGETS_AFTER = Duration.ofDays(2);

    private static final int FREE_TRIES = 3;
    private static final int LOCKS_AT = 10;
    private static final Duration FIRST_DELAY = Duration.ofSeconds(1);
    private static final Duration FIRST_LOCK = Duration.ofMinutes(15);
    private static final Duration LONGEST_LOCK = Duration.ofDays(1);

    private final PlatformTransactions platform;
    private final RequestedLetters letters;
    private final SecurityEvents securityEvents;
    private final SecretBox secretBox;
    private final Clock clock;

    SignInGuard(
            PlatformTransactions platform,
            RequestedLetters letters,
            SecurityEvents securityEvents,
            SecretBox secretBox,
            Clock clock) {
        this.platform = platform;
        this.letters = letters;
        this.securityEvents = securityEvents;
        this.secretBox = secretBox;
        this.clock = clock;
    }

    /**
     * Those who try this email from where this request comes from: others cannot lock them out.
     *
     * @param id a fingerprint, for strangers type all kinds of things
     * @param email whom to tell of a lock, if anybody has this address
     */
    record Subject(String id, String email) {}

    Subject passwordOf(String email) {
        String normal = Users.normal(email);
        return new Subject(
                secretBox.fingerprint("password " + normal + ' ' + Client.current().network()),
                normal);
    }

    /** From wherever they come: who is asked for a code has told the password. */
    Subject codeOf(User user) {
        return new Subject(secretBox.fingerprint("code " + user.id()), user.email());
    }

    /** Refuses, without a look at the password, while there is to be a pause. */
    void admit(Subject subject) {
        blockedUntil(subject).ifPresent(this::refuse);
    }

    private Optional<Instant> blockedUntil(Subject subject) {
        return platform.query(
                jdbc ->
                        jdbc.sql("SELECT blocked_until FROM sign_in_failure WHERE id = :id")
                                .param("id", subject.id())
                                .query((row, number) -> Columns.instant(row, "blocked_until"))
                                .optional());
    }

    private void refuse(Instant until) {
        Duration left = Duration.between(clock.instant(), until);
        if (left.isPositive()) {
            long seconds = left.plusNanos(999_999_999).toSeconds();
            throw Problem.of(
                            429,
                            "sign_in_locked",
                            "Too many wrong tries. Wait " + inWords(seconds) + ", then try again")
                    .with("retry_after", seconds);
        }
    }

    private static String inWords(long seconds) {
        if (seconds < 120) {
            return seconds == 1 ? "a second" : seconds + " seconds";
        }
        long minutes = (seconds + 59) / 60;
        return minutes < 120 ? minutes + " minutes" : (minutes + 59) / 60 + " hours";
    }

    /**
     * Counts a wrong try. Where others came in between and brought about a pause, it is refused as
     * a right one is: many guesses at once are told nothing more than many in a row.
     */
    void failed(Subject subject) {
        boolean isCounted = platform.write(jdbc -> count(jdbc, subject));
        if (!isCounted) {
            admit(subject);
        }
    }

    private boolean count(JdbcClient jdbc, Subject subject) {
        Instant now = clock.instant();
        Optional<Integer> failures =
                jdbc.sql(
                                """
                                INSERT INTO sign_in_failure AS f
                                    (id, failures, last_failed_at, blocked_until)
                                VALUES (:id, 1, :now, :now)
                                ON CONFLICT (id) DO UPDATE SET last_failed_at = :now,
                                       failures = CASE WHEN f.last_failed_at < :forgotten THEN 1
                                                       ELSE f.failures + 1 END
                                 WHERE f.blocked_until <= :now
                                RETURNING failures
                                """)
                        .param("id", subject.id())
                        .param("now", Columns.timestamp(now))
                        .param("forgotten", Columns.timestamp(now.minus(FORGETS_AFTER)))
                        .query(Integer.class)
                        .optional();
        failures.map(SignInGuard::pause)
                .filter(Duration::isPositive)
                .ifPresent(pause -> block(jdbc, subject, now.plus(pause)));
        failures.filter(count -> count >= LOCKS_AT)
                .ifPresent(
                        count -> {
                            securityEvents.signInLocked(subject.email());
                            letters.request(RequestedLetters.Kind.SIGN_IN_LOCKED, subject.email());
                        });
        return failures.isPresent();
    }

    static Duration pause(int failures) {
        if (failures < FREE_TRIES) {
            return Duration.ZERO;
        }
        if (failures < LOCKS_AT) {
            return FIRST_DELAY.multipliedBy(1L << (failures - FREE_TRIES));
        }
        Duration lock = FIRST_LOCK.multipliedBy(1L << Math.min(failures - LOCKS_AT, 10));
        return lock.compareTo(LONGEST_LOCK) < 0 ? lock : LONGEST_LOCK;
    }

    private static void block(JdbcClient jdbc, Subject subject, Instant until) {
        jdbc.sql("UPDATE sign_in_failure SET blocked_until = :until WHERE id = :id")
                .param("until", Columns.timestamp(until))
                .param("id", subject.id())
                .update();
    }

    /** After a right try: all is forgotten, unless a pause began while it was looked at. */
    void succeeded(Subject subject) {
        Optional<Instant> until = blockedUntil(subject);
        if (until.isPresent()) {
            refuse(until.get());
            forgive(subject);
        }
    }

    /**
     * Ends a pause, but forgets nothing: the next wrong try brings about a longer one. For who may
     * be them, as far as one can tell.
     */
    void lift(Subject subject) {
        platform.run(
                jdbc ->
                        jdbc.sql("UPDATE sign_in_failure SET blocked_until = :now WHERE id = :id")
                                .param("now", Columns.timestamp(clock.instant()))
                                .param("id", subject.id())
                                .update());
    }

    /** For who has shown by other means that it is them. */
    void forgive(Subject subject) {
        platform.run(
                jdbc ->
                        jdbc.sql("DELETE FROM sign_in_failure WHERE id = :id")
                                .param("id", subject.id())
                                .update());
    }
}
