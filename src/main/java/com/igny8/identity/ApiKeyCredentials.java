package com.igny8.identity;

import com.igny8.kernel.Problem;
import com.igny8.tenancy.AccessChanges;
import com.igny8.tenancy.Columns;
import com.igny8.tenancy.PlatformTransactions;
import com.igny8.tenancy.Remembered;

import jakarta.annotation.PreDestroy;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Finds out which API key a program shows. Why one is refused is told apart only to those who
 * showed its secret, or where the text itself gives it away.
 */
@Component
class ApiKeyCredentials {
    private static final Logger LOG = LoggerFactory.getLogger(ApiKeyCredentials.class);

    /** To know roughly when a key was used is enough. */
    private static final Duration USE_NOTED_EVERY = Duration.ofMinutes(1);

    private static final int MOST_REMEMBERED = 20_000;

    private final PlatformTransactions platform;
    private final Clock clock;
    private final Remembered<ByteBuffer, SignedIn> known;
    private final Set<String> beingNoted = ConcurrentHashMap.newKeySet();
    private final ExecutorService notes = Executors.newVirtualThreadPerTaskExecutor();

    ApiKeyCredentials(PlatformTransactions platform, AccessChanges changes, Clock clock) {
        this.platform = platform;
        this.clock = clock;
        this.known = changes.memory(MOST_REMEMBERED);
    }

    private record Found(
            User bot,
            UUID accountId,
            Hash secret,
            @Nullable Hash previous,
            Instant previousUntil,
            Instant expiresAt,
            @Nullable Instant lastUsedAt,
            boolean isRevoked) {}

    /** Compared in constant time. */
    private static final class Hash {
        private final byte[] bytes;

        Hash(byte[] bytes) {
            this.bytes = bytes;
        }

        boolean isOf(String text) {
            return MessageDigest.isEqual(bytes, Tokens.hash(text));
        }

        static @Nullable Hash orNull(byte @Nullable [] bytes) {
            return bytes == null ? null : new Hash(bytes);
        }
    }

    /** Whom the key stands for; 401 where it is not good. */
    SignedIn require(String text, String address) {
        ApiKeyText key =
                ApiKeyText.parse(text)
                        .orElseThrow(
                                () ->
                                        refused(
                                                "api_key_malformed",
                                                "This is not a whole API key. Copy it again"));
        return known.get(
                        ByteBuffer.wrap(Tokens.hash(text)), () -> Optional.of(lookUp(key, address)))
                .orElseThrow();
    }

    private Remembered.Fact<SignedIn> lookUp(ApiKeyText key, String address) {
        Found found = find(key.id()).orElseThrow(ApiKeyCredentials::unknown);
        Instant now = clock.instant();
        Instant end = requireGood(found, key, now);
        noteUse(key.id(), found, address, now);
        Instant nextNote = now.plus(USE_NOTED_EVERY);
        return new Remembered.Fact<>(
                SignedIn.byApiKey(found.bot(), found.accountId(), key.id()),
                end.isBefore(nextNote) ? end : nextNote,
                Set.of(found.accountId()));
    }

    private Optional<Found> find(String id) {
        return platform.read(
                jdbc ->
                        jdbc.sql(
                                        """
                                        SELECT app_user.*, api_key.account_id, secret_hash,
                                               previous_hash, previous_until, expires_at,
                                               last_used_at, revoked_at IS NOT NULL AS is_revoked
                                          FROM api_key CROSS JOIN app_user
                                         WHERE api_key.id = :id AND app_user.is_bot
                                        """)
                                .param("id", id)
                                .query(ApiKeyCredentials::found)
                                .optional());
    }

    private static Found found(ResultSet row, int number) throws SQLException {
        return new Found(
                Users.user(row, number),
                Columns.uuid(row, "account_id"),
                new Hash(row.getBytes("secret_hash")),
                Hash.orNull(row.getBytes("previous_hash")),
                orNever(Columns.instantOrNull(row, "previous_until")),
                orNever(Columns.instantOrNull(row, "expires_at")),
                Columns.instantOrNull(row, "last_used_at"),
                row.getBoolean("is_revoked"));
    }

    private static Instant orNever(@Nullable Instant end) {
        return end == null ? Instant.MAX : end;
    }

    /** Refuses a key that is not good; tells until when it is. */
    private static Instant requireGood(Found found, ApiKeyText key, Instant now) {
        boolean isCurrent = found.secret().isOf(key.text());
        Hash previous = found.previous();
        boolean isPrevious = previous != null && previous.isOf(key.text());
        if (!isCurrent && !isPrevious) {
            throw unknown();
        }
        if (found.isRevoked()) {
            throw refused("api_key_revoked", "This API key has been revoked");
        }
        if (!found.expiresAt().isAfter(now)) {
            throw refused("api_key_expired", "This API key has run out. Ask for a new one");
        }
        Instant overlapEnd = isCurrent ? Instant.MAX : found.previousUntil();
        if (!overlapEnd.isAfter(now)) {
            throw refused("api_key_expired", "This API key was replaced. Use the one after it");
        }
        return overlapEnd.isBefore(found.expiresAt()) ? overlapEnd : found.expiresAt();
    }

    private static Problem unknown() {
        return refused("api_key_invalid", "This API key is not valid");
    }

    private static Problem refused(String code, String sentence) {
        return Problem.unauthenticated(code, sentence);
    }

    /** In the background: no request waits for it, and none fails with it. */
    private void noteUse(String id, Found found, String address, Instant now) {
        Instant lastUsedAt = found.lastUsedAt();
        boolean isDue = lastUsedAt == null || lastUsedAt.isBefore(now.minus(USE_NOTED_EVERY));
        if (!isDue || !beingNoted.add(id)) {
            return;
        }
        notes.execute(
                () -> {
                    try {
                        platform.run(
                                jdbc ->
                                        jdbc.sql(
                                                        """
                                                        UPDATE api_key SET last_used_at = :now,
                                                               last_used_address = :address
                                                         WHERE id = :id
                                                        """)
                                                .param("now", Columns.timestamp(now))
                                                .param("address", address)
                                                .param("id", id)
                                                .update());
                    } catch (RuntimeException failure) {
                        LOG.warn("The use of a key was not noted: {}", failure.toString());
                    } finally {
                        beingNoted.remove(id);
                    }
                });
    }

    @PreDestroy
    void finishNotes() {
        notes.close();
    }
}
