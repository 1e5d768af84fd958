package com.igny8.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.igny8.testing.Api;
import com.igny8.testing.Customer;
import com.igny8.testing.LedgerInvariants;
import com.igny8.testing.Mailbox;
import com.igny8.testing.Operator;
import com.igny8.testing.PageClient;
import com.igny8.testing.Product;
import com.igny8.testing.Reply;

import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

class AccountActionsTests {
    private final Product product = Product.running();
    private final Operator operator = Operator.of(product);
    private final Customer customer = product.signUp();

    @AfterEach
    void theLedgerIsWhole() {
        assertThat(LedgerInvariants.violations(product.superuser())).isEmpty();
    }

    private Reply account() {
        return operator.api().get("console/accounts/" + customer.accountId() + "/");
    }

    private List<Map<String, @Nullable Object>> audited(String action) {
        return product.sql()
                .sql(
                        """
                        SELECT actor_id, via, details::text AS details FROM audit_entry
                         WHERE account_id = ? AND action = ?
                        """)
                .params(customer.accountId(), action)
                .query()
                .listOfRows();
    }

    @Test
    void anAccountIsShownWithItsPlanBalanceAndMembers() {
        Reply reply = account().expect(200);

        assertThat(reply.data().path("status").asString()).isEqualTo("trial");
        assertThat(reply.data().path("plan").path("slug").asString()).isEqualTo("free-trial");
        assertThat(reply.data().path("credits").path("available").asInt()).isEqualTo(2000);
        assertThat(reply.data().path("members").findValuesAsString("email"))
                .containsExactly(customer.email());
    }

    @Test
    void lookingIsWrittenDownOnceForEachOperatorAndHour() {
        account().expect(200);
        account().expect(200);
        PageClient.signedIn(product, operator.email())
                .get("/console/accounts/" + customer.accountId())
                .expect(200);
        Operator.of(product)
                .api()
                .get("console/accounts/" + customer.accountId() + "/")
                .expect(200);

        assertThat(audited("account.read"))
                .hasSize(2)
                .anySatisfy(
                        entry -> assertThat(entry).containsEntry("actor_id", operator.userId()));
    }

    @Test
    void theOwnerOfASuspendedAccountIsToldWhyAndLedOnlyWhereTheyMayGo() {
        operator.suspend(customer).expect(200);
        PageClient owner = PageClient.of(product);

        Reply landed =
                owner.send(
                        "/login",
                        "/login",
                        Map.of("email", customer.email(), "password", Customer.PASSWORD));

        assertThat(landed.expect(303).header("Location")).isEqualTo("/account");
        Document page = Jsoup.parse(owner.get("/account").expect(200).body());
        assertThat(page.text()).contains("Why: Unpaid");
        for (Element link : page.select("header a[href^=/], main a[href^=/]")) {
            assertThat(owner.get(link.attr("href")).status()).as(link.outerHtml()).isLessThan(400);
        }

        operator.reinstate(customer).expect(200);
        assertThat(owner.get("/account").expect(200).body()).doesNotContain("Unpaid");
    }

    /** Guard: nobody has proved that they read the contact's mail. */
    @Test
    void theOwnerIsToldWhoeverTheContactIs() {
        String contact = Product.freshEmail();
        customer.api().patch("auth/account/", Map.of("contact_email", contact)).expect(200);

        operator.suspend(customer).expect(200);

        for (String address : List.of(customer.email(), contact)) {
            assertThat(new Mailbox(product, address).letters("account_suspended")).hasSize(1);
        }
        assertThat(new Mailbox(product, customer.email()).letters("contact_changed")).hasSize(1);
        assertThat(new Mailbox(product, contact).letters("contact_set")).hasSize(1);
    }

    @Test
    void suspendingIsWrittenDownOnTheCustomersAccountAndTold() {
        Reply reply = operator.suspend(customer).expect(200);

        assertThat(reply.data().path("status").asString()).isEqualTo("suspended");
        assertThat(audited("account.suspended"))
                .singleElement()
                .satisfies(
                        entry ->
                                assertThat(entry)
                                        .containsEntry("actor_id", operator.userId())
                                        .containsEntry("via", "token")
                                        .extractingByKey("details")
                                        .asString()
                                        .contains("\"reason\": \"Unpaid\"", "\"was\": \"trial\""));
        assertThat(letters()).isEqualTo(1);
    }

    private long letters() {
        return product.sql()
                .sql("SELECT count(*) FROM mail WHERE recipient = ? AND template = ?")
                .params(customer.email(), "account_suspended")
                .query(Long.class)
                .single();
    }

    @Test
    void onlyWhatIsInUseIsSuspendedAndOnlyWhatIsSuspendedReinstated() {
        operator.reinstate(customer).expectRefusal(409, "not_suspended");
        operator.suspend(customer).expect(200);
        operator.suspend(customer).expectRefusal(409, "not_in_use");
        operator.reinstate(customer).expect(200);

        assertThat(account().data().path("status").asString()).isEqualTo("active");
        assertThat(audited("account.suspended")).hasSize(1);
        assertThat(audited("account.reinstated")).hasSize(1);
        assertThat(letters()).isEqualTo(1);
    }

    @Test
    void ofTwoWhoSuspendAtOnceOneDoes() throws Exception {
        List<Integer> statuses = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Reply>> running = new ArrayList<>();
            for (int number = 0; number < 4; number++) {
                running.add(threads.submit(() -> operator.suspend(customer)));
            }
            for (Future<Reply> one : running) {
                statuses.add(one.get().status());
            }
        }
        assertThat(statuses).containsExactlyInAnyOrder(200, 409, 409, 409);
        assertThat(letters()).isEqualTo(1);
    }

    @Test
    void creditsAreGivenAndTakenWithAReason() {
        operator.act(customer, "credits", Map.of("amount", 500, "reason", "Sorry")).expect(200);
        assertThat(customer.balance().available()).isEqualTo(2500);
        Reply taken =
                operator.act(customer, "credits", Map.of("amount", -2400, "reason", "Undo"))
                        .expect(200);

        assertThat(taken.data().path("available").asInt()).isEqualTo(100);
        assertThat(customer.balance().available()).isEqualTo(100);
        Reply statement =
                customer.api().get("billing/credits/transactions/?type=adjustment").expect(200);
        assertThat(statement.results().findValuesAsString("description"))
                .containsExactly("Undo", "Sorry");
        assertThat(audited("credits.adjusted")).hasSize(2);
    }

    @Test
    void neverMoreIsTakenThanIsAvailable() {
        operator.act(customer, "credits", Map.of("amount", -2001, "reason", "Too much"))
                .expectRefusal(402, "insufficient_credits");

        assertThat(customer.balance().available()).isEqualTo(2000);
        assertThat(audited("credits.adjusted")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "amount, 0, why",
        "amount, 10000001, why",
        "amount, -10000001, why",
        "amount, 9223372036854775807, why",
        "amount, -9223372036854775808, why",
        "reason, 5, ' '",
        "reason, 5, 'a\nb'",
    })
    void whatIsWrongIsNamed(String field, long amount, String reason) {
        operator.act(customer, "credits", Map.of("amount", amount, "reason", reason))
                .expectInvalid(field);

        assertThat(customer.balance().balance()).isEqualTo(2000);
    }

    @Test
    void anAdjustmentIsMadeOnceForItsKey() {
        Api api = operator.api().once("adjust-" + customer.accountId());
        String path = "console/accounts/" + customer.accountId() + "/credits/";
        Map<String, Object> body = Map.of("amount", 5, "reason", "Once");

        Reply first = api.post(path, body).expect(200);
        Reply second = api.post(path, body).expect(200);

        assertThat(second.data()).isEqualTo(first.data());
        assertThat(customer.balance().available()).isEqualTo(2005);
        api.post(path, Map.of("amount", 6, "reason", "Once"))
                .expectRefusal(422, "idempotency_key_reused");
    }

    @ParameterizedTest
    @ValueSource(strings = {"suspend", "reinstate", "credits"})
    void itIsForOperatorsOnly(String verb) {
        customer.api()
                .post(
                        "console/accounts/%s/%s/".formatted(customer.accountId(), verb),
                        Map.of("reason", "Mine", "amount", 1_000_000))
                .expectRefusal(403, "operators_only");
        customer.api()
                .get("console/accounts/" + customer.accountId() + "/")
                .expectRefusal(403, "operators_only");

        assertThat(customer.balance().balance()).isEqualTo(2000);
    }

    @Test
    void theOperatorsOwnAccountIsNone() {
        UUID system =
                product.sql()
                        .sql("SELECT id FROM account WHERE is_system")
                        .query(UUID.class)
                        .single();

        operator.api().get("console/accounts/" + system + "/").expectRefusal(404, "not_found");
        operator.api()
                .post("console/accounts/" + system + "/suspend/", Map.of("reason", "a"))
                .expectRefusal(404, "not_found");
        operator.api().get("auth/sites/").expectRefusal(403, "customers_only");
    }
}
