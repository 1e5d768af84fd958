package com.igny8.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.igny8.testing.Api;
import com.igny8.testing.Customer;
import com.igny8.testing.Product;
import com.igny8.testing.Reply;
import com.igny8.testing.Together;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

class IdempotencyTests {
    private static final String SITES = "auth/sites/";

    private final Product product = Product.running();

    @Test
    void theSameRequestTwiceIsDoneOnce() {
        Customer customer = product.signUp();
        Api api = customer.api().once("key-1");
        Map<String, Object> body = Customer.site("Notes", "notes.example");

        Reply first = api.post(SITES, body).expect(201);
        Reply second = api.post(SITES, body).expect(201);

        assertThat(second.data()).isEqualTo(first.data());
        assertThat(product.count("site", customer.accountId())).isOne();
        assertThat(product.count("site_access", customer.accountId())).isOne();
    }

    @Test
    void anotherRequestUnderTheSameKeyIsRefused() {
        Customer customer = product.signUp();
        Api api = customer.api().once("key-1");
        Reply site = api.post(SITES, Customer.site("Notes", "notes.example")).expect(201);

        api.post(SITES, Customer.site("Other", "other.example"))
                .expectRefusal(422, "idempotency_key_reused");
        api.post("auth/sectors/", Map.of("site", site.id(), "name", "a", "industry_sector", 101))
                .expectRefusal(422, "idempotency_key_reused");
        assertThat(product.count("site", customer.accountId())).isOne();
        assertThat(product.count("sector", customer.accountId())).isZero();
    }

    @Test
    void aRefusedRequestMayBePutRightUnderTheSameKey() {
        Customer customer = product.signUp();
        Api api = customer.api().once("key-1");

        api.post(SITES, Customer.site("Notes", "no domain")).expectInvalid("domain");
        api.post(SITES, Map.of("name", "a", "domain", "a.example", "industry", 99))
                .expectInvalid("industry");
        api.post(SITES, Customer.site("Notes", "notes.example")).expect(201);
    }

    @Test
    void aKeyIsItsAccountsOwn() {
        Customer ada = product.signUp();
        Customer bob = product.signUp();
        Map<String, Object> body = Customer.site("Notes", "notes.example");

        UUID adas = ada.api().once("same").post(SITES, body).expect(201).id();
        UUID bobs = bob.api().once("same").post(SITES, body).expect(201).id();

        assertThat(adas).isNotEqualTo(bobs);
    }

    @Test
    void manyAtOnceWithTheSameKeyHaveOneEffect() throws Exception {
        Customer customer = product.signUp();
        Map<String, Object> body = Customer.site("Notes", "notes.example");

        List<Reply> replies = Together.send(8, any -> customer.api().once("key").post(SITES, body));

        assertThat(replies).allSatisfy(reply -> reply.expect(201));
        assertThat(replies.stream().map(Reply::id).distinct()).hasSize(1);
        assertThat(product.count("site", customer.accountId())).isOne();
    }

    @Test
    void signingUpTwiceUnderOneKeyMakesOneAccount() throws Exception {
        String email = Product.freshEmail();
        Api api = product.api().once("sign-up-" + email);

        List<Reply> replies =
                Together.send(4, any -> api.post("auth/register/", Product.registration(email)));

        assertThat(replies).allSatisfy(reply -> reply.expect(201));
        assertThat(replies.stream().map(reply -> reply.data().toString()).distinct()).hasSize(1);
        Customer customer = product.customer(replies.getFirst(), email);
        customer.api().get("auth/me/").expect(200);
        assertThat(product.count("credit_entry", customer.accountId())).isOne();
        api.post("auth/register/", Product.registration(Product.freshEmail()))
                .expectRefusal(422, "idempotency_key_reused");
    }

    @Test
    void whatIsKeptOfTheAnswerCannotBeReadInTheDatabase() {
        String email = Product.freshEmail();
        Reply reply =
                product.api()
                        .once("sign-up-" + email)
                        .post("auth/register/", Product.registration(email))
                        .expect(201);

        List<byte @Nullable []> kept =
                product.sql()
                        .sql("SELECT answer FROM anonymous_request")
                        .query(byte[].class)
                        .list();

        assertThat(kept)
                .isNotEmpty()
                .allSatisfy(
                        answer ->
                                assertThat(
                                                new String(
                                                        Objects.requireNonNull(answer),
                                                        StandardCharsets.ISO_8859_1))
                                        .doesNotContain(
                                                reply.data().path("refresh").asString(), email));
    }

    /** A registration holds a password: a plain hash of it could be guessed as fast as SHA-256. */
    @Test
    void whatIsKeptOfTheRequestCannotBeGuessed() throws Exception {
        String email = Product.freshEmail();
        String body = Api.JSON.writeValueAsString(Product.registration(email));
        product.api().once("sign-up-" + email).post("auth/register/", body).expect(201);

        byte[] plainHash =
                MessageDigest.getInstance("SHA-256")
                        .digest(
                                ("POST /api/v1/auth/register/\0null\0" + body)
                                        .getBytes(StandardCharsets.UTF_8));
        List<@Nullable String> kept =
                product.sql()
                        .sql("SELECT request_hash FROM anonymous_request")
                        .query(String.class)
                        .list();

        assertThat(kept).isNotEmpty().doesNotContain(HexFormat.of().formatHex(plainHash));
    }

    @Test
    void aStrangersKeyStandsInNobodysWay() throws Exception {
        String key = "sign-up-" + UUID.randomUUID();
        Api stranger = product.api().from(InetAddress.getByName("127.0.0.9")).once(key);

        stranger.post("auth/register/", Product.registration(Product.freshEmail())).expect(201);
        product.api()
                .once(key)
                .post("auth/register/", Product.registration(Product.freshEmail()))
                .expect(201);
    }

    @Test
    void aStrangerIsNotGivenTheTokensOfTheFirstAnswer() throws Exception {
        Map<String, Object> registration = Product.registration(Product.freshEmail());
        String key = "sign-up-" + UUID.randomUUID();
        product.api().once(key).post("auth/register/", registration).expect(201);

        product.api()
                .from(InetAddress.getByName("127.0.0.9"))
                .once(key)
                .post("auth/register/", registration)
                .expectInvalid("email");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 256})
    void aKeyHasOneTo255Characters(int length) {
        Customer customer = product.signUp();

        customer.api()
                .once("k".repeat(length))
                .post(SITES, Customer.site("Notes", "notes.example"))
                .expectRefusal(400, "idempotency_key_invalid");
        assertThat(product.count("site", customer.accountId())).isZero();
    }

    @Test
    void theLongestKeyWorks() {
        Customer customer = product.signUp();

        customer.api()
                .once("k".repeat(255))
                .post(SITES, Customer.site("Notes", "notes.example"))
                .expect(201);
    }
}
