package com.igny8.signup;

import static org.assertj.core.api.Assertions.assertThat;

import com.igny8.testing.Customer;
import com.igny8.testing.PageClient;
import com.igny8.testing.Product;
import com.igny8.testing.Reply;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

class RegistrationTests {
    private static final String REGISTER = "auth/register/";

    /** Whatever a sign-up writes to; counted in all, to see that a failed one left nothing. */
    private static final List<String> TABLES =
            List.of(
                    "app_user",
                    "account",
                    "member",
                    "subscription",
                    "credit_balance",
                    "credit_entry",
                    "credit_grant",
                    "audit_entry",
                    "email_verification",
                    // Others are written by tasks of their own, at any time
                    "mail WHERE template = 'verify_email'",
                    "refresh_token",
                    "anonymous_request");

    private final Product product = Product.running();

    @Test
    void theFreeTrialComesWith2000Credits() {
        String email = Product.freshEmail();
        Map<String, Object> body = Product.registration(email);
        body.put("first_name", "Ada");
        body.put("last_name", "Lovelace");
        body.put("account_name", "Analytical Engines");

        Reply reply = product.api().post(REGISTER, body).expect(201);

        var user = reply.data().path("user");
        assertThat(user.path("email").asString()).isEqualTo(email);
        assertThat(user.path("first_name").asString()).isEqualTo("Ada");
        assertThat(user.path("last_name").asString()).isEqualTo("Lovelace");
        assertThat(user.path("role").asString()).isEqualTo("owner");
        var account = user.path("account");
        assertThat(account.path("name").asString()).isEqualTo("Analytical Engines");
        assertThat(account.path("slug").asString()).startsWith("analytical-engines");
        assertThat(account.path("status").asString()).isEqualTo("trial");
        assertThat(account.path("credits").asLong()).isEqualTo(2000);
        assertThat(account.path("plan").path("slug").asString()).isEqualTo("free-trial");
        assertThat(account.path("plan").path("name").asString()).isEqualTo("Free Trial");

        Customer customer = product.customer(reply, email);
        var entries = customer.api().get("billing/credits/transactions/").expect(200).results();
        assertThat(entries).hasSize(1);
        assertThat(entries.path(0).path("type").asString()).isEqualTo("grant");
        assertThat(entries.path(0).path("amount").asLong()).isEqualTo(2000);
        assertThat(entries.path(0).path("balance_after").asLong()).isEqualTo(2000);
        var subscription = customer.api().get("billing/subscription/").expect(200).data();
        assertThat(subscription.path("status").asString()).isEqualTo("trialing");
        assertThat(mails(email)).isEqualTo(1);
        assertThat(product.count("audit_entry", customer.accountId())).isOne();
    }

    @Test
    void theFreePlanIsActiveAtOnceWith1000Credits() {
        Customer customer = product.signUp("free");

        var account = customer.api().get("auth/me/").expect(200).data().path("account");

        assertThat(account.path("status").asString()).isEqualTo("active");
        assertThat(account.path("credits").asLong()).isEqualTo(1000);
        assertThat(account.path("plan").path("slug").asString()).isEqualTo("free");
    }

    @ParameterizedTest
    @ValueSource(strings = {"enterprise", "nonsense", ""})
    void aPlanThatIsNotOnOfferIsRefused(String slug) {
        Map<String, Object> body = Product.registration(Product.freshEmail());
        body.put("plan_slug", slug);
        String before = fingerprint();

        product.api().post(REGISTER, body).expectInvalid("plan_slug");

        assertThat(fingerprint()).isEqualTo(before);
    }

    @Test
    void anEmailSignsUpOnceInWhateverCase() {
        Customer customer = product.signUp();
        String before = fingerprint();

        for (String email :
                List.of(
                        customer.email(),
                        customer.email().toUpperCase(Locale.ROOT),
                        "  " + customer.email() + " ")) {
            product.api().post(REGISTER, Product.registration(email)).expectInvalid("email");
        }

        assertThat(fingerprint()).isEqualTo(before);
    }

    @Test
    void anEmailSignsUpOnceHoweverManyTryAtOnce() throws Exception {
        String email = Product.freshEmail();
        List<Reply> replies = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Reply>> running = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                String written = i % 2 == 0 ? email : email.toUpperCase(Locale.ROOT);
                running.add(
                        threads.submit(
                                () -> product.api().post(REGISTER, Product.registration(written))));
            }
            for (Future<Reply> one : running) {
                replies.add(one.get());
            }
        }

        assertThat(replies).filteredOn(reply -> reply.status() == 201).hasSize(1);
        assertThat(replies)
                .filteredOn(reply -> reply.status() != 201)
                .hasSize(5)
                .allSatisfy(reply -> reply.expectInvalid("email"));
        assertThat(mails(email)).isOne();
    }

    @ParameterizedTest
    @CsvSource({
        "email, not-an-email",
        "email, a@b",
        "email, @example.com",
        "email, 'a b@example.com'",
        "email, 'a@example.com\r\nBcc: b@example.com'",
        "email, ''",
        "password, short1!",
        "password, password123",
        "password, aaaaaaaaaaaa",
        "password_confirm, lantern orbit pistachio",
        "account_name, 'LONG'",
        "first_name, 'LONG'",
        "last_name, 'LONG'",
    })
    void whatIsWrongIsNamedAndNothingStored(String field, String value) {
        Map<String, Object> body = Product.registration(Product.freshEmail());
        body.put(field, value.replace("LONG", "x".repeat(200)));
        if (field.equals("password")) {
            body.put("password_confirm", value);
        }
        String before = fingerprint();

        product.api().post(REGISTER, body).expectInvalid(field);

        assertThat(fingerprint()).isEqualTo(before);
    }

    @Test
    void aPasswordLikeTheEmailIsRefused() {
        Map<String, Object> body = Product.registration("marmaladefox@example.com");
        body.put("password", "marmaladefox");
        body.put("password_confirm", "marmaladefox");

        product.api().post(REGISTER, body).expectInvalid("password");
    }

    @Test
    void aPasswordMayBeOfAnyScriptAndLong() {
        String email = Product.freshEmail();
        String password = "пароль из слов 密码 🔑".repeat(5);
        Map<String, Object> body = Product.registration(email);
        body.put("password", password);
        body.put("password_confirm", password);
        product.api().post(REGISTER, body).expect(201);

        product.api().post("auth/login/", Map.of("email", email, "password", password)).expect(200);
    }

    /** Its strength is estimated by trying what stands for what, which must not go on and on. */
    @Test
    @Timeout(5)
    void noPasswordKeepsTheEstimatorBusy() {
        Map<String, Object> body = Product.registration(Product.freshEmail());
        String password = "a4@8({[<369&#!1/|0$5+7%2Z".repeat(5);
        body.put("password", password);
        body.put("password_confirm", password);

        product.api().post(REGISTER, body).expect(201);
    }

    @Test
    void halfACharacterIsNoPassword() {
        String body =
                "{\"email\":\"%s\",\"password\":\"%s\",\"password_confirm\":\"%2$s\"}"
                        .formatted(Product.freshEmail(), "lantern orbit \\ud800 walnut");

        product.api().post(REGISTER, body).expectInvalid("password");
    }

    @Test
    void longNamesOfAPersonAreNoReasonToRefuseThem() {
        Map<String, Object> body = Product.registration(Product.freshEmail());
        body.put("first_name", "A".repeat(80));
        body.put("last_name", "B".repeat(80));

        product.api().post(REGISTER, body).expect(201);
    }

    @Test
    void accountsOfTheSameNameHaveSlugsOfTheirOwn() throws Exception {
        String name = "Same " + UUID.randomUUID();
        List<String> slugs = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Customer>> running = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                running.add(threads.submit(() -> product.signUp(Map.of("account_name", name))));
            }
            for (Future<Customer> one : running) {
                var account = one.get().api().get("auth/me/").data().path("account");
                slugs.add(account.path("slug").asString());
            }
        }

        assertThat(slugs).doesNotHaveDuplicates().hasSize(6);
    }

    @Test
    void aNameInAnotherScriptIsANameToo() {
        Customer customer = product.signUp(Map.of("account_name", "株式会社"));

        var account = customer.api().get("auth/me/").expect(200).data().path("account");

        assertThat(account.path("name").asString()).isEqualTo("株式会社");
        assertThat(account.path("slug").asString()).startsWith("account");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "app_user",
                "account",
                "member",
                "subscription",
                "credit_balance",
                "credit_entry",
                "credit_grant",
                "audit_entry",
                "email_verification",
                "mail",
                "refresh_token",
                "anonymous_request"
            })
    void whereverItFailsNothingIsLeft(String table) {
        String before = fingerprint();
        product.sql()
                .sql(
                        """
                        CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS
                            $$ BEGIN RAISE EXCEPTION 'out of luck'; END $$;
                        CREATE TRIGGER fail BEFORE INSERT ON %s
                            FOR EACH ROW EXECUTE FUNCTION fail()\
                        """
                                .formatted(table))
                .update();
        String email = Product.freshEmail();
        Reply failed;
        try {
            failed = product.api().once(email).post(REGISTER, Product.registration(email));
        } finally {
            product.sql().sql("DROP FUNCTION fail() CASCADE").update();
        }

        failed.expectRefusal(500, "internal_error");
        assertThat(failed.body()).doesNotContain("luck", "trigger", table);
        assertThat(fingerprint()).isEqualTo(before);
        product.api().once(email).post(REGISTER, Product.registration(email)).expect(201);
    }

    private String fingerprint() {
        StringBuilder counts = new StringBuilder();
        for (String table : TABLES) {
            counts.append(table)
                    .append(' ')
                    .append(
                            product.sql()
                                    .sql("SELECT count(*) FROM " + table)
                                    .query(Long.class)
                                    .single())
                    .append('\n');
        }
        return counts.toString();
    }

    private long mails(String email) {
        return product.sql()
                .sql("SELECT count(*) FROM mail WHERE lower(recipient) = lower(?)")
                .param(email)
                .query(Long.class)
                .single();
    }

    @Test
    void thePageNamesEveryFieldThatIsWrongAtOnce() {
        String page =
                PageClient.of(product)
                        .send(
                                "/signup",
                                "/signup",
                                Map.of("name", " ", "email", "nobody", "password", "short"))
                        .expect(400)
                        .body();

        assertThat(page)
                .contains(
                        "Tell us what to call you",
                        "Enter a valid email address",
                        "Must have at least 8 characters");
    }
}
