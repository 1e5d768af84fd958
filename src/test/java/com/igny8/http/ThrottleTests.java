package com.igny8.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.igny8.testing.Api;
import com.igny8.testing.Customer;
import com.igny8.testing.Product;
import com.igny8.testing.Reply;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ThrottleTests {
    private static final int READS = 6;
    private static final int WRITES = 3;
    private static final int SIGN_INS = 4;

    private final Product product = Product.running();
    private final AtomicInteger nextAddress = new AtomicInteger(10);
    private Product throttled;

    @BeforeAll
    void start() {
        throttled =
                product.node(
                        "--igny8.throttle.enabled=true",
                        "--igny8.throttle.read=" + READS,
                        "--igny8.throttle.write=" + WRITES,
                        "--igny8.throttle.auth=" + SIGN_INS);
    }

    @AfterAll
    void stop() {
        throttled.close();
    }

    /** A client of its own address. */
    private Api stranger() throws IOException {
        return throttled.api().from(address());
    }

    /** One that nobody else has, which only some systems let a test have. */
    private InetAddress address() throws IOException {
        InetAddress address = InetAddress.getByName("127.0.0." + nextAddress.incrementAndGet());
        try (ServerSocket probe = new ServerSocket()) {
            probe.bind(new InetSocketAddress(address, 0));
        } catch (IOException notThere) {
            Assumptions.abort("This system has one loopback address only");
        }
        return address;
    }

    private Api signedIn(Customer customer) {
        return throttled.api().as(customer.access());
    }

    private static void assertThrottled(Reply reply, String scope, int limit) {
        reply.expectRefusal(429, "throttled");
        assertThat(Integer.parseInt(String.valueOf(reply.header("Retry-After")))).isBetween(1, 60);
        assertThat(reply.header("RateLimit-Policy"))
                .isEqualTo("\"%s\";q=%d;w=60".formatted(scope, limit));
        assertThat(reply.header("RateLimit")).startsWith("\"" + scope + "\";r=0;t=");
        assertThat(Product.number(reply, "retry_after")).isBetween(1L, 60L);
    }

    @Test
    void strangersAreThrottledByAddress() throws IOException {
        Api one = stranger();
        Api other = stranger();
        for (int i = 0; i < READS; i++) {
            Reply reply = one.get("auth/plans/").expect(200);
            assertThat(reply.header("RateLimit-Policy")).isEqualTo("\"read\";q=6;w=60");
            assertThat(reply.header("RateLimit")).startsWith("\"read\";r=" + (READS - 1 - i));
        }

        assertThrottled(one.get("auth/plans/"), "read", READS);
        other.get("auth/plans/").expect(200);
    }

    @Test
    void whoFailsToSayWhoTheyAreIsThrottledToo() throws IOException {
        Api guesser = stranger().as("guess");
        for (int i = 0; i < READS; i++) {
            guesser.get("auth/me/").expectRefusal(401, "token_invalid");
        }

        assertThrottled(guesser.get("auth/me/"), "read", READS);
    }

    @Test
    void accountsDoNotShareABucket() {
        Customer ada = product.signUp();
        Customer bob = product.signUp();
        for (int i = 0; i < READS; i++) {
            signedIn(ada).get("auth/me/").expect(200);
        }

        assertThrottled(signedIn(ada).get("auth/me/"), "read", READS);
        signedIn(bob).get("auth/me/").expect(200);
        assertThrottled(
                throttled.api().as(product.signIn(ada).access()).get("auth/me/"), "read", READS);
    }

    @Test
    void whomTheGateTurnsAwayIsThrottledToo() {
        Customer customer = product.signUp();
        Api api = signedIn(customer);
        product.sql()
                .sql("UPDATE account SET status = 'suspended' WHERE id = ?")
                .param(customer.accountId())
                .update();
        for (int i = 0; i < READS; i++) {
            api.get("auth/sites/").expectRefusal(403, "account_suspended");
        }

        assertThrottled(api.get("auth/sites/"), "read", READS);
    }

    @Test
    void writesHaveABucketOfTheirOwn() {
        Customer customer = product.signUp();
        for (int i = 0; i < WRITES; i++) {
            signedIn(customer).post("auth/sites/", "{}").expectInvalid("name");
        }

        assertThrottled(signedIn(customer).post("auth/sites/", "{}"), "write", WRITES);
        signedIn(customer).get("auth/me/").expect(200);
        assertThat(product.count("site", customer.accountId())).isZero();
    }

    @Test
    void signingInIsThrottledByAddress() throws IOException {
        Api guesser = stranger();
        for (int i = 0; i < SIGN_INS; i++) {
            guesser.post("auth/login/", guess(Product.freshEmail()))
                    .expectRefusal(401, "invalid_credentials");
        }

        assertThrottled(guesser.post("auth/login/", guess(Product.freshEmail())), "auth", SIGN_INS);
        assertThrottled(
                guesser.post("auth/register/", Product.registration(Product.freshEmail())),
                "auth",
                SIGN_INS);
    }

    @Test
    void signingInIsThrottledByEmailFromWhereverItComes() throws IOException {
        Customer customer = product.signUp();
        for (int i = 0; i < SIGN_INS; i++) {
            stranger()
                    .post("auth/login/", guess(customer.email()))
                    .expectRefusal(401, "invalid_credentials");
        }

        Reply reply =
                stranger()
                        .post("auth/login/", guess(customer.email().toUpperCase(Locale.ROOT)))
                        .expectRefusal(429, "throttled");
        assertThat(Integer.parseInt(String.valueOf(reply.header("Retry-After")))).isBetween(1, 60);
    }

    /** Guard: what a sign-up tells of an address is told to few, whichever door they try. */
    @Test
    void whoTriesAddressesOutBySigningUpIsThrottledAtBothDoors() throws IOException {
        InetAddress address = address();
        Api program = throttled.api().from(address);
        Api browser =
                throttled
                        .browser(null)
                        .from(address)
                        .with("Content-Type", "application/x-www-form-urlencoded");
        String form = "name=Eve&password=" + Customer.PASSWORD.replace(' ', '+') + "&email=";
        for (int i = 0; i < SIGN_INS / 2; i++) {
            String taken = product.signUp().email();
            program.post("auth/register/", Product.registration(taken)).expectInvalid("email");
            browser.post("/signup", form + Product.freshEmail()).expect(303);
        }

        program.post("auth/register/", Product.registration(Product.freshEmail()))
                .expectRefusal(429, "throttled");
        browser.post("/signup", form + Product.freshEmail()).expect(429);
    }

    private static Map<String, String> guess(String email) {
        return Map.of("email", email, "password", "not the password");
    }

    @Test
    void whatNoHandlerAnswersIsCountedAndToldToo() throws IOException {
        Api stranger = stranger();
        assertThat(stranger.get("auth/industries/nothing/").expect(401).header("RateLimit"))
                .startsWith("\"read\";r=" + (READS - 1));
        assertThat(stranger.post("auth/plans/", "{}").expect(405).header("RateLimit"))
                .startsWith("\"read\";r=" + (READS - 2));
        assertThat(stranger.get("console/accounts/").expect(401).header("RateLimit"))
                .startsWith("\"read\";r=" + (READS - 3));
        assertThat(stranger.get("/sites").expect(302).header("RateLimit"))
                .startsWith("\"read\";r=" + (READS - 4));
        assertThat(stranger.get("/api/schema/").expect(200).header("RateLimit"))
                .startsWith("\"read\";r=" + (READS - 5));
        assertThat(stranger.get("/pricing").expect(200).header("RateLimit"))
                .startsWith("\"read\";r=0");

        assertThat(stranger.get("/sites").expect(429).header("Retry-After")).isNotNull();
        assertThat(stranger.get("/pricing").expect(429).body()).contains("Too many requests");
        stranger.post("auth/plans/", "{}").expectRefusal(429, "throttled");
    }

    @Test
    void whoSaysTheyComeFromElsewhereIsNotBelieved() throws IOException {
        Api spoofer = stranger();
        for (int i = 0; i < READS; i++) {
            spoofer.with("X-Forwarded-For", "203.0.113." + i).get("auth/plans/").expect(200);
        }

        assertThrottled(
                spoofer.with("X-Forwarded-For", "203.0.113.99")
                        .with("X-Real-IP", "203.0.113.98")
                        .with("Forwarded", "for=203.0.113.97")
                        .get("auth/plans/"),
                "read",
                READS);
    }

    @Test
    void behindAProxyItIsWhatTheProxyAddsThatCounts() {
        try (Product proxied =
                product.node(
                        "--igny8.throttle.enabled=true",
                        "--igny8.throttle.read=" + READS,
                        "--server.forward-headers-strategy=native")) {
            Api proxy = proxied.api();
            for (int i = 0; i < READS; i++) {
                proxy.with("X-Forwarded-For", "198.51.100." + i + ", 203.0.113.7")
                        .get("auth/plans/")
                        .expect(200);
            }

            proxy.with("X-Forwarded-For", "198.51.100.99, 203.0.113.7")
                    .get("auth/plans/")
                    .expectRefusal(429, "throttled");
            proxy.with("X-Forwarded-For", "203.0.113.8").get("auth/plans/").expect(200);
        }
    }

    @Test
    void aPlanMayAllowMoreOrLessOrAllThereIs() {
        Customer less = product.signUp();
        Customer unlimited = product.signUp();
        onTerms("reads_per_minute", 2, less);
        onTerms("reads_per_minute", 0, unlimited);

        signedIn(less).get("auth/me/").expect(200);
        assertThat(signedIn(less).get("auth/me/").expect(200).header("RateLimit-Policy"))
                .isEqualTo("\"read\";q=2;w=60");
        assertThrottled(signedIn(less).get("auth/me/"), "read", 2);
        for (int i = 0; i < READS * 2; i++) {
            assertThat(signedIn(unlimited).get("auth/me/").expect(200).header("RateLimit"))
                    .isNull();
        }
    }

    @Test
    void workersAreNotHeldUpByWhatPeopleMayWrite() {
        Customer customer = product.signUp();
        String key = customer.key(customer.addSite(), "credits:write");
        Api worker = throttled.api().as(key);
        for (int i = 0; i < WRITES * 3; i++) {
            Reply reply = worker.post("billing/credits/deductions/", deduction()).expect(201);
            assertThat(reply.header("RateLimit-Policy")).isEqualTo("\"credits\";q=6000;w=60");
        }
        String hold =
                worker.post("billing/credits/holds/", deduction()).expect(201).id().toString();
        assertThat(
                        worker.post("billing/credits/holds/" + hold + "/release/", Map.of())
                                .expect(200)
                                .header("RateLimit"))
                .startsWith("\"credits\";r=");

        Customer other = product.signUp();
        onTerms("credits_per_minute", 2, other);
        Api limited = signedIn(other);
        limited.post("billing/credits/deductions/", deduction()).expect(201);
        limited.post("billing/credits/deductions/", deduction()).expect(201);
        assertThrottled(limited.post("billing/credits/deductions/", deduction()), "credits", 2);
        limited.post("auth/sites/", Customer.site("Site", "workers.example")).expect(201);
    }

    private static Map<String, Object> deduction() {
        return Map.of("amount", 1, "operation", "test", "reference", "test");
    }

    /** Puts the customer on a plan of their own that lets them do something so often. */
    private void onTerms(String column, int times, Customer customer) {
        product.sql()
                .sql(
                        """
                        WITH own AS (
                            INSERT INTO plan (slug, name, is_public, position)
                            VALUES (:slug, 'By agreement', false, 100) RETURNING id),
                        terms AS (
                            INSERT INTO plan_version (plan_id, version, currency,
                                monthly_price_minor, included_credits, credits_once, max_sites,
                                max_users, max_sectors_per_site, features, %s)
                            SELECT id, 1, 'USD', 0, 0, false, 1, 1, 1, '{}', :times FROM own
                            RETURNING id, plan_id)
                        UPDATE subscription SET plan_id = terms.plan_id,
                               plan_version_id = terms.id
                          FROM terms WHERE account_id = :account
                        """
                                .formatted(column))
                .param("slug", "own-" + customer.accountId())
                .param("times", times)
                .param("account", customer.accountId())
                .update();
    }

    @Test
    void theFormOfSigningInTellsHowLongToWaitToo() throws IOException {
        String email = Product.freshEmail();
        for (int i = 0; i < SIGN_INS; i++) {
            stranger().post("auth/login/", guess(email)).expect(401);
        }

        Reply form = stranger().get("/login").expect(200);
        String token = form.body().replaceFirst("(?s).*name=\"_csrf\" value=\"([^\"]+)\".*", "$1");
        Reply refused =
                stranger()
                        .with(
                                "Cookie",
                                String.valueOf(form.header("Set-Cookie")).replaceFirst(";.*", ""))
                        .with("Content-Type", "application/x-www-form-urlencoded")
                        .post("/login", "_csrf=" + token + "&password=x&email=" + email)
                        .expect(429);
        assertThat(refused.body()).contains("Too many requests");
        assertThat(Integer.parseInt(String.valueOf(refused.header("Retry-After"))))
                .isBetween(1, 60);
    }
}
