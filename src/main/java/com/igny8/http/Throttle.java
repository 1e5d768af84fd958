package com.igny8.http;

import com.igny8.kernel.Problem;
import com.igny8.tenancy.SecretBox;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;

/**
 * Lets everybody do so much a minute: each account in each scope, or each client address where
 * nobody is signed in. Buckets refill steadily.
 */
@Component
@EnableConfigurationProperties(Throttle.Limits.class)
public class Throttle {
    private static final Logger LOG = LoggerFactory.getLogger(Throttle.class);

    /** What is limited together. */
    public enum Scope {
        READ,
        WRITE,
        AI,
        /** Changes of credits: their workers ask far more often than people write. */
        CREDITS,
        AUTH,
        /** What payment providers send: bursts of it, each signed. */
        WEBHOOK;

        private final String key = name().toLowerCase(Locale.ROOT);

        String key() {
            return key;
        }
    }

    /**
     * Requests a minute for each scope.
     *
     * @param enabled false is for development only
     */
    @ConfigurationProperties("igny8.throttle")
    record Limits(
            boolean enabled, int read, int write, int ai, int credits, int auth, int webhook) {
        Limits {
            if (IntStream.of(read, write, ai, credits, auth, webhook).anyMatch(each -> each < 1)) {
                throw new IllegalArgumentException("Limits are one request a minute or more");
            }
        }

        int of(Scope scope, AgreedLimits.Rates agreed) {
            Integer own =
                    switch (scope) {
                        case READ -> agreed.read();
                        case WRITE -> agreed.write();
                        case AI -> agreed.ai();
                        case CREDITS -> agreed.credits();
                        case AUTH, WEBHOOK -> null;
                    };
            return own == null ? usual(scope) : own;
        }

        private int usual(Scope scope) {
            return switch (scope) {
                case READ -> read;
                case WRITE -> write;
                case AI -> ai;
                case CREDITS -> credits;
                case AUTH -> auth;
                case WEBHOOK -> webhook;
            };
        }
    }

    /** How it stands with somebody's bucket after a request took from it. */
    record Standing(Scope scope, int limit, Buckets.Level level) {
        long secondsUntilMore() {
            return Math.max(1, level.untilMore().plus(Duration.ofMillis(999)).toSeconds());
        }

        boolean isEmpty() {
            return level.remaining() == 0;
        }

        /** Of an empty bucket: how long until there is one in it. */
        Duration untilNext() {
            Duration refill = Buckets.WINDOW.dividedBy(limit);
            return level.allowed()
                    ? level.untilMore().minus(refill.multipliedBy(limit - 1L))
                    : level.untilMore();
        }

        Problem problem() {
            return Problem.of(
                            429,
                            "throttled",
                            "Too many requests. Try again in "
                                    + secondsUntilMore()
                                    + (secondsUntilMore() == 1 ? " second" : " seconds"))
                    .with("retry_after", secondsUntilMore());
        }
    }

    private final Limits limits;
    private final AgreedLimits agreed;
    private final Buckets buckets;
    private final SecretBox secrets;

    Throttle(Limits limits, AgreedLimits agreed, Buckets buckets, SecretBox secrets) {
        this.limits = limits;
        this.agreed = agreed;
        this.buckets = buckets;
        this.secrets = secrets;
        if (!limits.enabled()) {
            LOG.warn("Throttling is OFF (IGNY8_THROTTLE_ENABLED=false): for development only");
        }
    }

    /** Takes one from what an account may do; nothing where it may do all it wants. */
    Optional<Standing> take(Scope scope, UUID accountId) {
        return limits.enabled()
                ? take(scope, "account:" + accountId, limits.of(scope, agreed.of(accountId)))
                : Optional.empty();
    }

    /** Takes one from what may be done from an address. */
    Optional<Standing> take(Scope scope, String address) {
        return takeUsual(scope, "address:" + ClientNetwork.of(address));
    }

    /** Takes one in the scope {@code AUTH} for an email, from whatever address it is tried. */
    public void requireEmail(String email) {
        requireAuth("email:" + email.strip().toLowerCase(Locale.ROOT));
    }

    /**
     * Takes one in the scope {@code AUTH} for something beside the address, such as a user. Its
     * bucket is named after its fingerprint: emails have no business in a store of counts.
     */
    public void requireAuth(String who) {
        takeUsual(Scope.AUTH, secrets.fingerprint(who))
                .filter(standing -> !standing.level().allowed())
                .ifPresent(Throttle::refuse);
    }

    private static void refuse(Standing standing) {
        if (RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes served
                && served.getResponse() != null) {
            served.getResponse()
                    .setHeader("Retry-After", Long.toString(standing.secondsUntilMore()));
        }
        throw standing.problem();
    }

    private Optional<Standing> takeUsual(Scope scope, String who) {
        return limits.enabled()
                ? take(scope, who, limits.of(scope, AgreedLimits.Rates.USUAL))
                : Optional.empty();
    }

    /** The limit is part of the name: who changes to another plan begins with a full bucket. */
    private Optional<Standing> take(Scope scope, String who, int limit) {
        return limit == 0
                ? Optional.empty()
                : Optional.of(
                        new Standing(
                                scope,
                                limit,
                                buckets.take(scope.key() + ":" + limit + ":" + who, limit)));
    }
}
