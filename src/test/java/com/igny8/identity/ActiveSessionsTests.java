package com.igny8.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.igny8.kernel.Problem;
import com.igny8.tenancy.PlatformTransactions;
import com.igny8.testing.Api;
import com.igny8.testing.Customer;
import com.igny8.testing.PageClient;
import com.igny8.testing.Product;
import com.igny8.testing.Reply;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import tools.jackson.databind.JsonNode;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

class ActiveSessionsTests {
    private static final String FIREFOX =
            "Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0";

    private final Product product = Product.running();

    private static List<JsonNode> sessions(Api api) {
        return api.get("auth/sessions/").expect(200).results().valueStream().toList();
    }

    private Customer signInWith(Customer customer, String userAgent) {
        var body = Map.of("email", customer.email(), "password", Customer.PASSWORD);
        return product.customer(
                product.api().with("User-Agent", userAgent).post("auth/login/", body).expect(200),
                customer.email());
    }

    @Test
    void aPersonSeesWhereTheyAreSignedIn() {
        Customer customer = product.signUp();
        signInWith(customer, FIREFOX);
        PageClient.signedIn(customer);

        List<JsonNode> sessions = sessions(customer.api());

        assertThat(sessions).hasSize(3);
        assertThat(sessions)
                .extracting(session -> session.path("kind").asString())
                .containsExactlyInAnyOrder("program", "program", "browser");
        assertThat(sessions)
                .extracting(session -> session.path("device").asString())
                .containsExactlyInAnyOrder("A Java program", "Firefox on Linux", "A Java program");
        assertThat(sessions)
                .allSatisfy(
                        session ->
                                assertThat(session.path("place").asString())
                                        .isEqualTo("127.0.0.1"));
        assertThat(sessions)
                .filteredOn(session -> session.path("is_current").asBoolean())
                .singleElement()
                .satisfies(
                        session ->
                                assertThat(session.path("kind").asString()).isEqualTo("program"));
    }

    @Test
    void aFamilyIsOneSessionHoweverOftenItIsRefreshed() {
        Customer customer = product.signUp();
        String since = sessions(customer.api()).getFirst().path("created_at").asString();

        product.api()
                .with("User-Agent", FIREFOX)
                .post("auth/refresh/", Map.of("refresh", customer.refresh()))
                .expect(200);

        assertThat(sessions(customer.api()))
                .singleElement()
                .satisfies(
                        session -> {
                            assertThat(session.path("created_at").asString()).isEqualTo(since);
                            assertThat(session.path("last_seen_at").asString())
                                    .isGreaterThan(since);
                            assertThat(session.path("device").asString())
                                    .isEqualTo("Firefox on Linux");
                        });
    }

    @Test
    void endingOneEndsItAtOnceAndNoOther() {
        Customer customer = product.signUp();
        Customer other = signInWith(customer, FIREFOX);
        PageClient browser = PageClient.signedIn(customer);
        for (JsonNode session : sessions(customer.api())) {
            if (!session.path("is_current").asBoolean()) {
                customer.api()
                        .delete("auth/sessions/" + session.path("id").asString() + "/")
                        .expect(200);
            }
        }

        other.api().get("auth/me/").expectRefusal(401, "token_invalid");
        product.api()
                .post("auth/refresh/", Map.of("refresh", other.refresh()))
                .expectRefusal(401, "refresh_token_invalid");
        assertThat(browser.get("/sites").header("Location")).startsWith("/login");
        customer.api().get("auth/me/").expect(200);
        assertThat(sessions(customer.api())).hasSize(1);
    }

    /** Guard: what a thief refreshes in the same moment must not outlive it. */
    @Test
    void endingAllMissesNoTokenThatIsJustBeingMade() throws Exception {
        Customer customer = product.signUp();
        Customer thief = signInWith(customer, FIREFOX);
        String[] stolen = new String[1];
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Reply> ending =
                    product.bean(PlatformTransactions.class)
                            .write(
                                    jdbc -> {
                                        stolen[0] =
                                                product.bean(RefreshTokens.class)
                                                        .rotate(thief.refresh())
                                                        .refresh();
                                        var answer =
                                                threads.submit(
                                                        () ->
                                                                customer.api()
                                                                        .delete("auth/sessions/"));
                                        product.awaitSomebodyWhoWaits();
                                        return answer;
                                    });
            ending.get().expect(200);
        }

        product.api()
                .post("auth/refresh/", Map.of("refresh", stolen[0]))
                .expectRefusal(401, "refresh_token_invalid");
        thief.api().get("auth/me/").expectRefusal(401, "token_invalid");
    }

    /** Guard: an access token that was let in just before its sign-in ended brings nothing back. */
    @Test
    void whoSwitchesAccountsDoesNotReviveAnEndedSignIn() {
        Customer customer = product.signUp();
        Customer thief = signInWith(customer, FIREFOX);
        UUID family =
                product.sql()
                        .sql("SELECT family_id FROM refresh_token WHERE token_hash = ?")
                        .param(Tokens.hash(thief.refresh()))
                        .query(UUID.class)
                        .single();
        customer.api().delete("auth/sessions/").expect(200);

        assertThatThrownBy(
                        () ->
                                product.bean(RefreshTokens.class)
                                        .actOn(family, customer.userId(), customer.accountId()))
                .isInstanceOf(Problem.class);

        thief.api().get("auth/me/").expectRefusal(401, "token_invalid");
    }

    @Test
    void anothersSessionIsNotFoundAndGoesOn() {
        Customer customer = product.signUp();
        Customer stranger = product.signUp();
        String theirs = sessions(stranger.api()).getFirst().path("id").asString();

        customer.api().delete("auth/sessions/" + theirs + "/").expectRefusal(404, "not_found");
        customer.api()
                .delete("auth/sessions/" + UUID.randomUUID() + "/")
                .expectRefusal(404, "not_found");
        customer.api().delete("auth/sessions/").expect(200);

        stranger.api().get("auth/me/").expect(200);
    }

    @Test
    void endingAllOthersKeepsTheOneThatDoesIt() {
        Customer customer = product.signUp();
        Customer other = signInWith(customer, FIREFOX);
        PageClient here = PageClient.signedIn(customer);
        PageClient there = PageClient.signedIn(customer);

        here.send("/profile/sessions", "/profile/sessions/end-others", Map.of()).expect(303);

        here.get("/profile/sessions").expect(200);
        assertThat(there.get("/sites").header("Location")).startsWith("/login");
        other.api().get("auth/me/").expectRefusal(401, "token_invalid");
        customer.api().get("auth/me/").expectRefusal(401, "token_invalid");
    }

    @Test
    void thePagesOfAPersonStayOpenWhenTheAccountIsSuspended() {
        Customer customer = product.signUp();
        PageClient visitor = PageClient.signedIn(customer);
        product.sql()
                .sql("UPDATE account SET status = 'suspended' WHERE id = ?")
                .param(customer.accountId())
                .update();

        for (String page : List.of("/profile", "/profile/security", "/profile/sessions")) {
            assertThat(visitor.get(page).status()).as(page).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko)"
                        + " Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0|Edge on Windows",
                "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML,"
                        + " like Gecko) Version/18.0 Mobile/15E148 Safari/604.1|Safari on iPhone",
                "Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko)"
                        + " Chrome/140.0.0.0 Mobile Safari/537.36|Chrome on Android",
                "curl/8.5.0|curl",
                "WordPress/6.8; https://blog.example|WordPress",
                "<script>alert(1)</script>|Unknown program",
                "''|Unknown program"
            })
    void aDeviceIsToldInPlainWords(String userAgent, String device) {
        assertThat(Device.inWords(userAgent)).isEqualTo(device);
    }
}
