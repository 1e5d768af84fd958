package com.igny8.signup;

import static org.assertj.core.api.Assertions.assertThat;

import com.igny8.testing.Customer;
import com.igny8.testing.Product;
import com.igny8.testing.Reply;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import tools.jackson.databind.JsonNode;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

class SessionTests {
    private final Product product = Product.running();

    private Reply refresh(String token) {
        return product.api().post("auth/refresh/", Map.of("refresh", token));
    }

    private Reply me(String access) {
        return product.api().as(access).get("auth/me/");
    }

    @Test
    void signingInGivesWhatSigningUpGave() {
        Customer customer = product.signUp();

        Reply reply =
                product.api()
                        .post(
                                "auth/login/",
                                Map.of(
                                        "email",
                                        " " + customer.email().toUpperCase(Locale.ROOT),
                                        "password",
                                        Customer.PASSWORD))
                        .expect(200);

        JsonNode user = reply.data().path("user");
        assertThat(user.path("id").asString()).isEqualTo(customer.userId().toString());
        assertThat(user.path("role").asString()).isEqualTo("owner");
        assertThat(user.path("account").path("id").asString())
                .isEqualTo(customer.accountId().toString());
        me(reply.data().path("access").asString()).expect(200);
    }

    @Test
    void theLongestEmailIsRefusedAsAnyOther() {
        String email = "a@" + "b".repeat(248) + ".com";

        product.api()
                .post("auth/login/", Map.of("email", email, "password", "not this one"))
                .expectRefusal(401, "invalid_credentials");
    }

    @Test
    void theRefusalDoesNotTellWhetherTheEmailIsKnown() {
        Customer customer = product.signUp();
        Map<String, String> known = Map.of("email", customer.email(), "password", "not this one");
        Map<String, String> unknown =
                Map.of("email", Product.freshEmail(), "password", "not this one");

        Reply ofKnown =
                product.api().post("auth/login/", known).expectRefusal(401, "invalid_credentials");
        Reply ofUnknown =
                product.api()
                        .post("auth/login/", unknown)
                        .expectRefusal(401, "invalid_credentials");

        assertThat(ofKnown.json().path("error")).isEqualTo(ofUnknown.json().path("error"));
    }

    /** PostgreSQL takes an İ for an i; the throttle counts it as another email. */
    @Test
    void anEmailIsNotSpelledInOtherLetters() {
        String email = "i" + Product.freshEmail();
        product.api().post("auth/register/", Product.registration(email)).expect(201);

        product.api()
                .post(
                        "auth/login/",
                        Map.of("email", "İ" + email.substring(1), "password", Customer.PASSWORD))
                .expectRefusal(401, "invalid_credentials");
        product.api()
                .post(
                        "auth/login/",
                        Map.of("email", "I" + email.substring(1), "password", Customer.PASSWORD))
                .expect(200);
    }

    @Test
    void halfACharacterIsNobodysPassword() {
        Customer customer = product.signUp();

        product.api()
                .post(
                        "auth/login/",
                        "{\"email\":\"%s\",\"password\":\"a\\ud800b\"}".formatted(customer.email()))
                .expectRefusal(401, "invalid_credentials");
    }

    @Test
    void aRefreshTokenIsGoodOnce() {
        Customer customer = product.signUp();

        JsonNode next = refresh(customer.refresh()).expect(200).data();

        assertThat(next.path("refresh").asString()).isNotEqualTo(customer.refresh());
        me(next.path("access").asString()).expect(200);
        refresh(next.path("refresh").asString()).expect(200);
        refresh(customer.refresh()).expectRefusal(401, "refresh_token_invalid");
    }

    @Test
    void usingARefreshTokenAgainEndsAllThatDescendFromTheSignIn() {
        Customer customer = product.signUp();
        Customer elsewhere = product.signIn(customer);
        JsonNode next = refresh(customer.refresh()).expect(200).data();

        refresh(customer.refresh()).expectRefusal(401, "refresh_token_invalid");

        refresh(next.path("refresh").asString()).expectRefusal(401, "refresh_token_invalid");
        me(next.path("access").asString()).expectRefusal(401, "token_invalid");
        me(customer.access()).expectRefusal(401, "token_invalid");
        me(elsewhere.access()).expect(200);
        refresh(elsewhere.refresh()).expect(200);
    }

    @Test
    void aRefreshTokenUsedManyTimesAtOnceGivesOneSuccessorAtMost() throws Exception {
        Customer customer = product.signUp();
        List<Reply> replies = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Reply>> running = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                running.add(threads.submit(() -> refresh(customer.refresh())));
            }
            for (Future<Reply> one : running) {
                replies.add(one.get());
            }
        }

        assertThat(replies).filteredOn(reply -> reply.status() == 200).hasSize(1);
        me(customer.access()).expectRefusal(401, "token_invalid");
    }

    @Test
    void signingOutEndsTheSignInAtOnceAndNoOther() {
        Customer customer = product.signUp();
        Customer elsewhere = product.signIn(customer);

        customer.api().post("auth/logout/", "").expect(200);

        me(customer.access()).expectRefusal(401, "token_invalid");
        refresh(customer.refresh()).expectRefusal(401, "refresh_token_invalid");
        me(elsewhere.access()).expect(200);
    }

    @Test
    void anAccessTokenLasts15MinutesAndARefreshToken30Days() throws Exception {
        Customer customer = product.signUp();
        Customer other = product.signUp();

        product.clock().later(Duration.ofMinutes(14), () -> me(customer.access()).expect(200));
        product.clock()
                .later(
                        Duration.ofMinutes(16),
                        () -> me(customer.access()).expectRefusal(401, "token_invalid"));
        product.clock()
                .later(
                        Duration.ofDays(31),
                        () -> refresh(other.refresh()).expectRefusal(401, "refresh_token_invalid"));
        product.clock().later(Duration.ofDays(29), () -> refresh(other.refresh()).expect(200));
    }

    @Test
    void aUserWhoIsTurnedOffIsOutAtOnce() {
        Customer customer = product.signUp();

        product.sql()
                .sql("UPDATE app_user SET is_active = false WHERE id = ?")
                .param(customer.userId())
                .update();

        me(customer.access()).expectRefusal(401, "token_invalid");
        refresh(customer.refresh()).expectRefusal(401, "refresh_token_invalid");
        product.api()
                .post(
                        "auth/login/",
                        Map.of("email", customer.email(), "password", Customer.PASSWORD))
                .expectRefusal(401, "invalid_credentials");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "Zm9vYmFy", "null", "eyJhbGciOiJub25lIn0.e30."})
    void aRefreshTokenThatIsNoneIsRefused(String token) {
        refresh(token).expectRefusal(401, "refresh_token_invalid");
    }

    @Test
    void tokensAreKeptAsHashesOnly() {
        Customer customer = product.signUp();

        String kept =
                product.sql()
                        .sql(
                                "SELECT string_agg(row::text, ' ') FROM refresh_token row"
                                        + " WHERE user_id = ?")
                        .param(customer.userId())
                        .query(String.class)
                        .single();
        String hash =
                product.sql()
                        .sql("SELECT password_hash FROM app_user WHERE id = ?")
                        .param(customer.userId())
                        .query(String.class)
                        .single();

        assertThat(kept).doesNotContain(customer.refresh());
        assertThat(hash).startsWith("{argon2}$argon2id$").doesNotContain(Customer.PASSWORD);
    }
}
