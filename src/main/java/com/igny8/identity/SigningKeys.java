package com.igny8.identity;

import com.igny8.tenancy.Columns;
import com.igny8.tenancy.PlatformTransactions;
import com.igny8.tenancy.SecretBox;
import com.igny8.tenancy.StartupRefused;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * The keys that sign access tokens (ES256). One signs for {@link #SIGNS_FOR}, then the next; each
 * verifies until the last token it signed has run out. Shared by all nodes through the database.
 */
@Component
class SigningKeys implements SmartInitializingSingleton {
    private static final Duration SIGNS_FOR = Duration.ofDays(30);
    private static final Duration VERIFIES_FOR = SIGNS_FOR.plusDays(1);
    private static final Duration READ_AGAIN_AFTER = Duration.ofMinutes(1);

    /** Anybody can name a key that there is not, and must not have us read for it each time. */
    private static final Duration A_MOMENT = Duration.ofSeconds(2);

    private static final long ROTATION_LOCK = 0x1691_4B45_59L;

    private final PlatformTransactions platform;
    private final SecretBox secretBox;
    private final Clock clock;
    private volatile @Nullable Known known;

    SigningKeys(PlatformTransactions platform, SecretBox secretBox, Clock clock) {
        this.platform = platform;
        this.secretBox = secretBox;
        this.clock = clock;
    }

    /** With another master key nobody could sign in: to be told at the start, and not to each. */
    @Override
    public void afterSingletonsInstantiated() {
        try {
            known();
        } catch (SecretBox.Unreadable unreadable) {
            throw new StartupRefused(
                    "The master key (keys/master.key or IGNY8_MASTER_KEY) is not the one this"
                            + " database was used with. Restore it from your backup.");
        }
    }

    /** Youngest first. */
    private record Known(List<Stored> keys, Instant readAt) {}

    private record Stored(ECKey key, Instant createdAt) {}

    ECKey signing() {
        return known().keys().getFirst().key();
    }

    /** All that verify, public parts only. */
    JWKSet verifying() {
        return publicParts(known());
    }

    private static JWKSet publicParts(Known known) {
        return new JWKSet(known.keys().stream().<JWK>map(Stored::key).toList()).toPublicJWKSet();
    }

    /** The public part of one; another node may have made it since we looked. */
    @Nullable JWK verifying(String id) {
        JWK key = verifying().getKeyByKeyId(id);
        return key == null ? publicParts(known(A_MOMENT)).getKeyByKeyId(id) : key;
    }

    private Known known() {
        return known(READ_AGAIN_AFTER);
    }

    /** As of so long ago at most. */
    private Known known(Duration age) {
        Instant now = clock.instant();
        Known present = known;
        if (present == null || present.readAt().plus(age).isBefore(now)) {
            present = new Known(platform.write(jdbc -> readOrRotate(jdbc, now)), now);
            known = present;
        }
        return present;
    }

    private List<Stored> readOrRotate(JdbcClient jdbc, Instant now) {
        List<Stored> keys = read(jdbc, now);
        if (isFresh(keys, now)) {
            return keys;
        }
        jdbc.sql("SELECT pg_advisory_xact_lock(:lock)")
                .param("lock", ROTATION_LOCK)
                .query()
                .singleRow();
        keys = read(jdbc, now);
        if (isFresh(keys, now)) {
            return keys; // Another node was first
        }
        ECKey fresh = generate();
        jdbc.sql(
                        """
                        INSERT INTO signing_key (id, sealed_key, created_at, retires_at)
                        VALUES (:id, :key, :now, :retires)
                        """)
                .param("id", fresh.getKeyID())
                .param("key", secretBox.seal(fresh.toJSONString().getBytes(StandardCharsets.UTF_8)))
                .param("now", Columns.timestamp(now))
                .param("retires", Columns.timestamp(now.plus(VERIFIES_FOR)))
                .update();
        return read(jdbc, now);
    }

    private static boolean isFresh(List<Stored> keys, Instant now) {
        return !keys.isEmpty() && keys.getFirst().createdAt().plus(SIGNS_FOR).isAfter(now);
    }

    private List<Stored> read(JdbcClient jdbc, Instant now) {
        return jdbc.sql(
                        """
                        SELECT sealed_key, created_at FROM signing_key
                         WHERE retires_at > :now ORDER BY created_at DESC
                        """)
                .param("now", Columns.timestamp(now))
                .query(
                        (row, number) ->
                                new Stored(
                                        parse(secretBox.open(row.getBytes("sealed_key"))),
                                        Columns.instant(row, "created_at")))
                .list();
    }

    private static ECKey generate() {
        try {
            return new ECKeyGenerator(Curve.P_256)
                    .keyID(UUID.randomUUID().toString())
                    .keyUse(KeyUse.SIGNATURE)
                    .algorithm(JWSAlgorithm.ES256)
                    .generate();
        } catch (JOSEException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static ECKey parse(byte[] key) {
        try {
            return ECKey.parse(new String(key, StandardCharsets.UTF_8));
        } catch (ParseException failure) {
            throw new IllegalStateException("A signing key is damaged", failure);
        }
    }
}
