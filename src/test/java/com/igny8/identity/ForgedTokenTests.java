package com.igny8.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.igny8.testing.Customer;
import com.igny8.testing.Product;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;

class ForgedTokenTests {
    private final Product product = Product.running();
    private final Customer customer = product.signUp();
    private final ECKey ours = product.bean(SigningKeys.class).signing();

    private void assertRefused(String token) {
        product.api().as(token).get("auth/me/").expectRefusal(401, "token_invalid");
        product.api().as(token).get("auth/sites/").expectRefusal(401, "token_invalid");
    }

    private JWTClaimsSet.Builder claims() throws ParseException {
        return new JWTClaimsSet.Builder(SignedJWT.parse(customer.access()).getJWTClaimsSet());
    }

    private static String signed(JWSHeader header, JWTClaimsSet claims, JWSSigner signer)
            throws Exception {
        SignedJWT token = new SignedJWT(header, claims);
        token.sign(signer);
        return token.serialize();
    }

    private String signedByUs(JWTClaimsSet claims) throws Exception {
        return signed(
                new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(ours.getKeyID()).build(),
                claims,
                new ECDSASigner(ours));
    }

    @Test
    void whatIsSignedByUsIsAcceptedOrTheOthersWouldProveNothing() throws Exception {
        product.api().as(signedByUs(claims().build())).get("auth/me/").expect(200);
    }

    @Test
    void noSignatureAtAll() throws Exception {
        assertRefused(new PlainJWT(claims().build()).serialize());
        String[] parts = customer.access().split("\\.", 3);
        assertRefused(parts[0] + "." + parts[1] + ".");
        assertRefused(parts[0] + "." + parts[1]);
        String none = "{\"alg\":\"none\",\"kid\":\"" + ours.getKeyID() + "\"}";
        String header = base64(none);
        assertRefused(header + "." + parts[1] + ".");
        assertRefused(header + "." + parts[1] + "." + parts[2]);
    }

    @Test
    void anotherKeyUnderTheNameOfOurs() throws Exception {
        ECKey theirs = new ECKeyGenerator(Curve.P_256).keyID(ours.getKeyID()).generate();

        assertRefused(
                signed(
                        new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(ours.getKeyID()).build(),
                        claims().build(),
                        new ECDSASigner(theirs)));
    }

    @Test
    void aKeyThatTheTokenBringsItself() throws Exception {
        ECKey theirs = new ECKeyGenerator(Curve.P_256).keyID("theirs").generate();

        assertRefused(
                signed(
                        new JWSHeader.Builder(JWSAlgorithm.ES256)
                                .keyID("theirs")
                                .jwk(theirs.toPublicJWK())
                                .type(JOSEObjectType.JWT)
                                .build(),
                        claims().build(),
                        new ECDSASigner(theirs)));
    }

    @Test
    void ourPublicKeyAsASharedSecret() throws Exception {
        byte[] secret = ours.toPublicJWK().toJSONString().getBytes(StandardCharsets.UTF_8);

        assertRefused(
                signed(
                        new JWSHeader.Builder(JWSAlgorithm.HS256).keyID(ours.getKeyID()).build(),
                        claims().build(),
                        new MACSigner(secret)));
    }

    @Test
    void anotherPersonOrAccountPutIn() {
        Customer other = product.signUp();
        String[] parts = customer.access().split("\\.", 3);
        String payload =
                new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8);

        for (String tampered :
                new String[] {
                    payload.replace(customer.accountId().toString(), other.accountId().toString()),
                    payload.replace(customer.userId().toString(), other.userId().toString())
                }) {
            assertThat(tampered).isNotEqualTo(payload);
            assertRefused(parts[0] + "." + base64(tampered) + "." + parts[2]);
        }
    }

    @Test
    void aSignatureOfZeros() {
        String[] parts = customer.access().split("\\.", 3);

        assertRefused(
                parts[0]
                        + "."
                        + parts[1]
                        + "."
                        + Base64.getUrlEncoder().withoutPadding().encodeToString(new byte[64]));
    }

    @Test
    void anotherIssuer() throws Exception {
        assertRefused(signedByUs(claims().issuer("somebody").build()));
        assertRefused(signedByUs(claims().issuer(null).build()));
    }

    @Test
    void anotherAudience() throws Exception {
        assertRefused(signedByUs(claims().audience("another-api").build()));
    }

    @Test
    void whatHasRunOutOrNeverWill() throws Exception {
        assertRefused(
                signedByUs(
                        claims().expirationTime(Date.from(Instant.now().minusSeconds(1))).build()));
        assertRefused(signedByUs(claims().expirationTime(null).build()));
    }

    @Test
    void nobodyOrSomebodyElsesSignIn() throws Exception {
        assertRefused(signedByUs(claims().subject("nobody").build()));
        assertRefused(signedByUs(claims().subject(null).build()));
        assertRefused(signedByUs(claims().claim("sid", null).build()));
        assertRefused(signedByUs(claims().claim("sid", "x").build()));
        Customer other = product.signUp();
        assertRefused(signedByUs(claims().subject(other.userId().toString()).build()));
    }

    @Test
    void aSeatInAnotherAccountIsNotHadByClaimingIt() throws Exception {
        Customer other = product.signUp();
        String token = signedByUs(claims().claim("acc", other.accountId().toString()).build());

        product.api().as(token).get("auth/sites/").expectRefusal(403, "account_missing");
        product.api()
                .as(token)
                .get("billing/credits/balance/")
                .expectRefusal(403, "account_missing");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "a.b.c", "...", "e30.e30.e30", "null"})
    void garbage(String token) {
        assertRefused(token);
    }

    @Test
    void thePublicKeysAreServedAndOnlyThose() {
        var reply = product.api().get("/.well-known/jwks.json").expect(200);

        assertThat(reply.json().path("keys").path(0).path("kid").asString())
                .isEqualTo(ours.getKeyID());
        assertThat(reply.json().path("keys").path(0).has("d")).isFalse();
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
