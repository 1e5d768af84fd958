package com.igny8.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.igny8.testing.Customer;
import com.igny8.testing.EventStream;
import com.igny8.testing.LedgerInvariants;
import com.igny8.testing.Operator;
import com.igny8.testing.PageClient;
import com.igny8.testing.Product;
import com.igny8.testing.Reply;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;

/** Whatever somebody has going on ends when they lose their place, not when it is done. */
@Timeout(120)
class GateAtOnceTests {
    private static final String CLUSTER = "planner/clusters/auto_cluster/";

    /** Enough to be under way for a while: the machine does a few hundred a second. */
    private static final int MANY = 6_000;

    private final Product product = Product.running();
    private final Operator operator = Operator.of(product);
    private final Customer customer = product.signUp();
    private final UUID site = customer.addSite();

    @AfterEach
    void theLedgerIsWhole() {
        assertThat(LedgerInvariants.violations(product.superuser())).isEmpty();
    }

    @Test
    void suspendingShutsSessionsTokensAndKeysAndReinstatingOpensThem() {
        PageClient visitor = PageClient.signedIn(product, customer.email());
        String key = key("sites:read").text();
        visitor.get("/sites").expect(200);
        customer.api().get("auth/sites/").expect(200);
        product.api().as(key).get("auth/sites/").expect(200);

        operator.suspend(customer).expect(200);

        assertThat(visitor.get("/sites").expect(403).body()).contains("This account is suspended");
        customer.api().get("auth/sites/").expectRefusal(403, "account_suspended");
        product.api().as(key).get("auth/sites/").expectRefusal(403, "account_suspended");
        customer.api().get("billing/credits/balance/").expect(200);

        operator.reinstate(customer).expect(200);

        visitor.get("/sites").expect(200);
        customer.api().get("auth/sites/").expect(200);
        product.api().as(key).get("auth/sites/").expect(200);
    }

    @Test
    void suspendingEndsAStreamAndSaysWhy() throws IOException {
        UUID job = product.waitingJob(customer);
        try (EventStream stream = EventStream.of(product, customer.access(), job)) {
            operator.suspend(customer).expect(200);

            assertRefused(stream, "account_suspended");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "user_inactive, UPDATE app_user SET is_active = false WHERE id = ?",
        "account_missing, DELETE FROM member WHERE user_id = ?",
        "not_found, UPDATE member SET role = 'viewer' WHERE user_id = ?",
    })
    void losingOnesPlaceEndsAStream(String code, String statement) throws IOException {
        UUID job = product.waitingJob(customer);
        if (code.equals("not_found")) {
            // One that somebody else began, which admins see and viewers do not
            product.sql()
                    .sql("UPDATE job SET created_by = uuidv7() WHERE id = ?")
                    .param(job)
                    .update();
        }
        try (EventStream stream = EventStream.of(product, customer.access(), job)) {
            product.sql().sql(statement).param(customer.userId()).update();

            assertRefused(stream, code);
        }
    }

    @Test
    void revokingAKeyEndsItsStreams() throws IOException {
        Key key = key("jobs:read");
        UUID job = product.waitingJob(customer);
        product.sql()
                .sql(
                        """
                        UPDATE job SET created_by = '00000000-0000-7000-8000-000000000b07',
                               site_id = ? WHERE id = ?
                        """)
                .params(site, job)
                .update();
        try (EventStream stream = EventStream.of(product, key.text(), job)) {
            customer.api().delete("auth/api-keys/" + key.id() + "/").expect(200);

            assertRefused(stream, "api_key_revoked");
        }
    }

    /** Each ends what the customer's own tokens were issued by. */
    @ParameterizedTest
    @ValueSource(strings = {"sign-out", "ended elsewhere", "all others ended", "new password"})
    void endingASignInEndsItsStreams(String how) throws IOException {
        UUID job = product.waitingJob(customer);
        Customer elsewhere = product.signIn(customer);
        try (EventStream stream = EventStream.of(product, customer.access(), job)) {
            switch (how) {
                case "sign-out" -> customer.api().post("auth/logout/", "").expect(200);
                case "ended elsewhere" ->
                        customer.api()
                                .delete("auth/sessions/" + currentSession(customer) + "/")
                                .expect(200);
                case "all others ended" -> elsewhere.api().delete("auth/sessions/").expect(200);
                default -> changePassword(elsewhere);
            }

            assertRefused(stream, "sign_in_ended");
        }
    }

    private static String currentSession(Customer whose) {
        return StreamSupport.stream(
                        whose.api().get("auth/sessions/").expect(200).results().spliterator(),
                        false)
                .filter(session -> session.path("is_current").asBoolean())
                .findFirst()
                .orElseThrow()
                .path("id")
                .asString();
    }

    private static void changePassword(Customer whose) {
        whose.api()
                .post(
                        "auth/change-password/",
                        Map.of(
                                "current_password",
                                Customer.PASSWORD,
                                "new_password",
                                "violet tractor pebble"))
                .expect(200);
    }

    /** Guard: whoever has a copy of the cookie may have the stream open already. */
    @Test
    void aBrowserThatChangesItsPasswordEndsTheStreamsOfItsOldCookie() throws IOException {
        UUID job = product.waitingJob(customer);
        PageClient browser = PageClient.signedIn(customer);
        try (EventStream stream =
                EventStream.ofBrowser(product, browser.cookie("igny8_session"), job)) {
            browser.send(
                            "/profile/security",
                            "/profile/security/password",
                            Map.of(
                                    "current_password",
                                    Customer.PASSWORD,
                                    "new_password",
                                    "violet tractor pebble"))
                    .expect(303);

            assertRefused(stream, "sign_in_ended");
            browser.get("/profile/sessions").expect(200);
        }
    }

    private static void assertRefused(EventStream stream, String code) throws IOException {
        stream.until("event:refused");
        assertThat(stream.until("data:")).contains("\"code\":\"" + code + "\"");
        assertThat(stream.rest()).noneMatch(line -> line.startsWith("event:"));
    }

    @Test
    void suspendingEndsARunningClusteringAndReleasesItsCredits() {
        load(MANY);
        UUID job = start(customer.access());

        operator.suspend(customer).expect(200);

        assertFailed(job, "account_suspended");
    }

    @Test
    void takingARoleEndsARunningClustering() {
        load(MANY);
        UUID job = start(customer.access());

        product.sql()
                .sql("UPDATE member SET role = 'viewer' WHERE user_id = ?")
                .param(customer.userId())
                .update();

        // Neither the role nor, for a viewer, access to the site is left
        product.sql()
                .sql("DELETE FROM site_access WHERE user_id = ?")
                .param(customer.userId())
                .update();
        assertFailed(job, "role_too_weak", "not_found");
    }

    @Test
    void revokingAKeyEndsItsRunningClustering() {
        Key key = key("clusters:write");
        load(MANY);
        UUID job = start(key.text());

        customer.api().delete("auth/api-keys/" + key.id() + "/").expect(200);

        assertFailed(job, "api_key_revoked");
    }

    private static UUID startedJob(Reply started) {
        return UUID.fromString(started.data().path("job_id").asString());
    }

    /** Begins a clustering, and comes back when it is well under way. */
    private UUID start(String credential) {
        UUID job =
                startedJob(
                        product.api()
                                .as(credential)
                                .post(CLUSTER, Map.of("site", site))
                                .expect(202));
        await().until(() -> Integer.parseInt(column(job, "progress")) >= 3);
        assertThat(column(job, "status")).isEqualTo("running");
        return job;
    }

    private void assertFailed(UUID job, String... codes) {
        await().untilAsserted(() -> assertThat(column(job, "status")).isEqualTo("failed"));
        assertThat(column(job, "error_code")).isIn((Object[]) codes);
        assertThat(Integer.parseInt(column(job, "progress"))).isLessThan(85);
        assertThat(customer.balance().held()).isZero();
        assertThat(customer.balance().available()).isEqualTo(2000);
        assertThat(product.count("cluster", customer.accountId())).isZero();
    }

    private String column(UUID job, String column) {
        return product.sql()
                .sql("SELECT coalesce(" + column + "::text, '') FROM job WHERE id = ?")
                .param(job)
                .query(String.class)
                .single();
    }

    private void load(int keywords) {
        String file =
                "Keyword\n"
                        + IntStream.range(0, keywords)
                                .mapToObj(GateAtOnceTests::keyword)
                                .collect(Collectors.joining("\n"));
        customer.api()
                .upload(
                        "planner/keywords/import/",
                        Map.of("site", site.toString()),
                        "k.csv",
                        file.getBytes(StandardCharsets.UTF_8))
                .expect(200);
    }

    private static String keyword(int number) {
        return "how to choose the best software for a team of " + number + " people in a year";
    }

    private record Key(String id, String text) {}

    private Key key(String... scopes) {
        Reply made =
                customer.api()
                        .post("auth/api-keys/", Map.of("name", "k", "site", site, "scopes", scopes))
                        .expect(201);
        return new Key(made.data().path("id").asString(), made.data().path("key").asString());
    }
}
