package com.igny8.identity;

import com.igny8.tenancy.AccessChanges;
import com.igny8.tenancy.Caller;
import com.igny8.tenancy.Columns;
import com.igny8.tenancy.PlatformTransactions;
import com.igny8.tenancy.Remembered;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import java.nio.ByteBuffer;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Access tokens: JWTs for {@link #LIFETIME}, ES256 and nothing else. The signature tells who it
 * was; that they may still come in is remembered until it changes.
 */
@Component
class AccessTokens {
    static final Duration LIFETIME = Duration.ofMinutes(15);

    private static final String ISSUER = "igny8";
    private static final String AUDIENCE = "igny8-api";
    private static final String ACCOUNT = "acc";
    private static final String FAMILY = "sid";

    private static final int MOST_REMEMBERED = 20_000;

    private final SigningKeys keys;
    private final PlatformTransactions platform;
    private final Clock clock;
    private final Remembered<ByteBuffer, SignedIn> known;

    AccessTokens(
            SigningKeys keys, PlatformTransactions platform, AccessChanges changes, Clock clock) {
        this.keys = keys;
        this.platform = platform;
        this.clock = clock;
        this.known = changes.memory(MOST_REMEMBERED);
    }

    String issue(UUID userId, @Nullable UUID accountId, UUID familyId) {
        Instant now = clock.instant();
        JWTClaimsSet.Builder claims =
                new JWTClaimsSet.Builder()
                        .issuer(ISSUER)
                        .audience(AUDIENCE)
                        .subject(userId.toString())
                        .claim(FAMILY, familyId.toString())
                        .jwtID(UUID.randomUUID().toString())
                        .issueTime(Date.from(now))
                        .expirationTime(Date.from(now.plus(LIFETIME)));
        if (accountId != null) {
            claims.claim(ACCOUNT, accountId.toString());
        }
        ECKey key = keys.signing();
        try {
            SignedJWT token =
                    new SignedJWT(
                            new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(key.getKeyID()).build(),
                            claims.build());
            token.sign(new ECDSASigner(key));
            return token.serialize();
        } catch (JOSEException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** Who the token stands for, if all of it is right and its sign-in has not been ended. */
    Optional<SignedIn> find(String token) {
        return known.get(ByteBuffer.wrap(Tokens.hash(token)), () -> lookUp(token));
    }

    private Optional<Remembered.Fact<SignedIn>> lookUp(String token) {
        try {
            return verified(SignedJWT.parse(token))
                    .flatMap(claims -> signedIn(claims).map(who -> fact(who, claims)));
        } catch (ParseException | JOSEException | IllegalArgumentException notOurs) {
            return Optional.empty();
        }
    }

    private static Remembered.Fact<SignedIn> fact(SignedIn who, JWTClaimsSet claims) {
        return new Remembered.Fact<>(
                who,
                claims.getExpirationTime().toInstant(),
                Set.of(who.user().id(), who.sessionId()));
    }

    private Optional<JWTClaimsSet> verified(SignedJWT token) throws ParseException, JOSEException {
        JWSHeader header = token.getHeader();
        if (!JWSAlgorithm.ES256.equals(header.getAlgorithm()) || header.getKeyID() == null) {
            return Optional.empty();
        }
        JWK key = keys.verifying(header.getKeyID());
        if (key == null || !token.verify(new ECDSAVerifier(key.toECKey()))) {
            return Optional.empty();
        }
        JWTClaimsSet claims = token.getJWTClaimsSet();
        boolean current =
                claims.getSubject() != null
                        && ISSUER.equals(claims.getIssuer())
                        && claims.getAudience().contains(AUDIENCE)
                        && claims.getExpirationTime() != null
                        && claims.getExpirationTime().toInstant().isAfter(clock.instant());
        return current ? Optional.of(claims) : Optional.empty();
    }

    private Optional<SignedIn> signedIn(JWTClaimsSet claims) {
        UUID userId = UUID.fromString(claims.getSubject());
        UUID familyId = UUID.fromString(String.valueOf(claims.getClaim(FAMILY)));
        Object account = claims.getClaim(ACCOUNT);
        UUID accountId = account == null ? null : UUID.fromString(account.toString());
        return platform.read(
                        jdbc ->
                                jdbc.sql(
                                                """
                                                SELECT * FROM app_user
                                                 WHERE id = :id AND is_active
                                                   AND EXISTS (SELECT FROM refresh_token
                                                       WHERE family_id = :family
                                                         AND user_id = :id
                                                         AND revoked_at IS NULL
                                                         AND expires_at > :now)
                                                """)
                                        .param("id", userId)
                                        .param("family", familyId)
                                        .param("now", Columns.timestamp(clock.instant()))
                                        .query(Users::user)
                                        .optional())
                .map(user -> new SignedIn(user, accountId, familyId, Caller.Via.TOKEN));
    }
}
