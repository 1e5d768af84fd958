package com.igny8.bank;

import static org.assertj.core.api.Assertions.assertThat;

import com.igny8.billing.Subscription;
import com.igny8.billing.Subscriptions;
import com.igny8.testing.Api;
import com.igny8.testing.Customer;
import com.igny8.testing.Operator;
import com.igny8.testing.Product;
import com.igny8.testing.Reply;

import org.junit.jupiter.api.Test;

import tools.jackson.databind.JsonNode;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Transfers that an operator confirms. */
class BankTransferTests {
    private static final String CONFIRM = "billing/confirm-bank-transfer/";

    private final Product product = Product.running();
    private final Operator operator = Operator.of(product);
    private final Customer customer =
            product.signUp(Map.of("plan_slug", "growth", "payment_method", "bank_transfer"));
    private final String external = "BANK-" + UUID.randomUUID();

    private Map<String, Object> arrival(String amount) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("account_id", customer.accountId());
        body.put("external_payment_id", external);
        body.put("amount", amount);
        body.put("payer_name", "Ada Lovelace");
        return body;
    }

    private Map<String, Object> arrival(String amount, String field, Object value) {
        Map<String, Object> body = arrival(amount);
        body.put(field, value);
        return body;
    }

    private Reply confirm(Object body) {
        return operator.api().post(CONFIRM, body);
    }

    private Subscription subscription() {
        return customer.inside(() -> product.bean(Subscriptions.class).current());
    }

    /** By the calendar. */
    private static Instant monthsAfter(Instant start, int months) {
        return start.atOffset(ZoneOffset.UTC).plusMonths(months).toInstant();
    }

    private List<String> invoices() {
        return product.sql()
                .sql(
                        "SELECT status || ' ' || total_minor || ' ' || paid_minor FROM invoice"
                                + " WHERE account_id = ? ORDER BY number")
                .param(customer.accountId())
                .query((row, number) -> row.getString(1))
                .list();
    }

    private long moneyWithUs() {
        return product.sql()
                .sql(
                        "SELECT coalesce(sum(balance_minor), 0) FROM customer_balance"
                                + " WHERE account_id = ?")
                .param(customer.accountId())
                .query(Long.class)
                .single();
    }

    private String accountStatus() {
        return customer.api().get("auth/me/").data().path("account").path("status").asString();
    }

    @Test
    void aTransferPaysTheOpenInvoiceAndBringsThePlanToLife() {
        JsonNode answer = confirm(arrival("139.00")).expect(200).data();

        assertThat(answer.propertyNames())
                .contains(
                        "account_id",
                        "subscription_id",
                        "status",
                        "credits",
                        "period_start",
                        "period_end");
        assertThat(answer.path("account_id").asString()).isEqualTo(customer.accountId().toString());
        assertThat(answer.path("status").asString()).isEqualTo("active");
        assertThat(answer.path("credits").asLong()).isEqualTo(2_000);
        Instant start = Instant.parse(answer.path("period_start").asString());
        assertThat(Instant.parse(answer.path("period_end").asString()))
                .isEqualTo(monthsAfter(start, 1));
        assertThat(accountStatus()).isEqualTo("active");
        assertThat(invoices()).containsExactly("paid 13900 13900");
        assertThat(
                        product.sql()
                                .sql(
                                        "SELECT confirmed_by FROM payment"
                                                + " WHERE provider_reference = ?")
                                .param(external)
                                .query(UUID.class)
                                .single())
                .isEqualTo(operator.userId());
        assertThat(
                        customer.api()
                                .get("auth/audit/")
                                .expect(200)
                                .results()
                                .valueStream()
                                .map(entry -> entry.path("action").asString()))
                .contains("payment.confirmed");
        assertThat(letters()).as("the invoice's receipt is enough").containsExactly("invoice_paid");
    }

    private List<String> letters() {
        return product.sql()
                .sql(
                        """
                        SELECT template FROM mail WHERE recipient = ?
                           AND template IN ('bank_transfer_received', 'invoice_paid') ORDER BY id
                        """)
                .param(customer.email())
                .query((row, number) -> row.getString(1))
                .list();
    }

    @Test
    void theSameTransferCountsOnceHoweverManyConfirmIt() throws Exception {
        Api other = Operator.of(product).api();
        List<JsonNode> answers = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Reply>> running = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                Api one = i % 2 == 0 ? operator.api() : other;
                running.add(threads.submit(() -> one.post(CONFIRM, arrival("139.00"))));
            }
            for (Future<Reply> one : running) {
                answers.add(one.get().expect(200).data());
            }
        }

        assertThat(answers).allMatch(answers.getFirst()::equals);
        assertThat(confirm(arrival("139.0")).expect(200).data()).isEqualTo(answers.getFirst());
        assertThat(customer.balance().balance()).isEqualTo(2_000);
        assertThat(product.count("payment", customer.accountId())).isOne();
        assertThat(product.count("scheduled_grant", customer.accountId())).isOne();
        assertThat(letters()).hasSize(1);
        confirm(arrival("278.00", "period_months", 2))
                .expectRefusal(409, "transfer_confirmed_otherwise");
        Customer another = product.signUp("free");
        confirm(arrival("139.00", "account_id", another.accountId()))
                .expectRefusal(409, "transfer_confirmed_otherwise");
    }

    @Test
    void onlyOperatorsConfirm() {
        customer.api().post(CONFIRM, arrival("139.00")).expectRefusal(403, "operators_only");
        customer.api()
                .post("/api/v1/billing/confirm-bank-transfer", arrival("139.00"))
                .expectRefusal(403, "operators_only");
        product.api().post(CONFIRM, arrival("139.00")).expectRefusal(401, "not_authenticated");

        assertThat(product.count("payment", customer.accountId())).isZero();
        assertThat(accountStatus()).isEqualTo("pending_payment");
    }

    @Test
    void whatIsNotRightIsRefusedAndNothingIsBooked() {
        for (Object months : List.of(0, 25, -1, "x", 1.5)) {
            confirm(arrival("139.00", "period_months", months)).expectInvalid("period_months");
        }
        for (Object amount : List.of("0", "0.00", "-1", "139,00", "1e3", "", "139.001", 139)) {
            confirm(arrival("139.00", "amount", amount)).expectInvalid("amount");
        }
        for (String url :
                List.of("javascript:alert(1)", "file:///etc/passwd", "proof", "ftp://x/y")) {
            confirm(arrival("139.00", "proof_url", url)).expectInvalid("proof_url");
        }
        confirm(arrival("139.00", "payer_name", " ")).expectInvalid("payer_name");
        confirm(arrival("139.00", "external_payment_id", "a\nb"))
                .expectInvalid("external_payment_id");
        Map<String, Object> nobodys = arrival("139.00");
        nobodys.remove("account_id");
        confirm(nobodys).expectInvalid("account_id");
        confirm(arrival("139.00", "account_id", UUID.randomUUID())).expectRefusal(404, "not_found");
        confirm(arrival("139.00", "subscription_id", UUID.randomUUID()))
                .expectRefusal(404, "not_found");
        UUID foreign =
                product.signUp("free")
                        .inside(() -> product.bean(Subscriptions.class).current().id());
        confirm(arrival("139.00", "subscription_id", foreign)).expectRefusal(404, "not_found");
        Reply tooLittle = confirm(arrival("138.99")).expectRefusal(409, "amount_mismatch");
        assertThat(tooLittle.json().path("due").asString()).isEqualTo("139.00");
        assertThat(tooLittle.json().path("received").asString()).isEqualTo("138.99");
        confirm(arrival("139.00", "period_months", 2)).expectRefusal(409, "amount_mismatch");

        assertThat(product.count("payment", customer.accountId())).isZero();
        assertThat(invoices()).containsExactly("open 13900 0");
        assertThat(accountStatus()).isEqualTo("pending_payment");
        confirm(arrival("139.00")).expect(200);
    }

    @Test
    void creditsAreAddedAndMonthsFollowOnMonths() {
        UUID id = subscription().id();
        Map<String, Object> bySubscription = arrival("139.00", "subscription_id", id);
        bySubscription.remove("account_id");
        confirm(bySubscription).expect(200);
        customer.withCredits(1_500);
        passes(3, 1);
        Subscription first = subscription();

        Map<String, Object> next = arrival("417.00", "period_months", 3);
        next.put("external_payment_id", external + "-2");
        JsonNode answer = confirm(next).expect(200).data();
        assertThat(answer.path("credits").asLong()).isEqualTo(3_500);

        Subscription extended = subscription();
        assertThat(extended.currentPeriodStart()).isEqualTo(first.currentPeriodStart());
        assertThat(extended.currentPeriodEnd())
                .isEqualTo(monthsAfter(first.currentPeriodStart(), 4));
        assertThat(waitingGrants()).containsExactly(2_000L, 2_000L);

        passes(200, 4);
        Map<String, Object> late = arrival("139.00");
        late.put("external_payment_id", external + "-3");
        confirm(late).expect(200);
        Subscription again = subscription();
        assertThat(again.currentPeriodStart()).isAfter(Instant.now().minusSeconds(60));
        assertThat(again.currentPeriodEnd()).isEqualTo(monthsAfter(again.currentPeriodStart(), 1));
        assertThat(invoices()).allMatch(invoice -> invoice.startsWith("paid "));
    }

    /** The subscription is as old as if so many days had passed, and as long as it was. */
    private void passes(int days, int monthsOfPeriod) {
        product.sql()
                .sql(
                        """
                        UPDATE subscription SET anchor_at = began, current_period_start = began,
                               current_period_end = (began AT TIME ZONE 'UTC'
                                   + ? * interval '1 month') AT TIME ZONE 'UTC'
                          FROM (SELECT account_id AS account, anchor_at - ? * interval '1 day'
                                           AS began
                                  FROM subscription WHERE account_id = ?) AS earlier
                         WHERE account_id = account
                        """)
                .param(monthsOfPeriod)
                .param(days)
                .param(customer.accountId())
                .update();
    }

    private List<Long> waitingGrants() {
        return product.sql()
                .sql(
                        "SELECT credits FROM scheduled_grant WHERE account_id = ?"
                                + " AND granted_at IS NULL")
                .param(customer.accountId())
                .query((row, number) -> row.getLong(1))
                .list();
    }

    @Test
    void moreMonthsThanAreOwedMakeOneInvoiceOfThem() {
        confirm(arrival("278.00", "period_months", 2)).expect(200);

        assertThat(invoices()).containsExactly("void 13900 0", "paid 27800 27800");
        Subscription subscription = subscription();
        assertThat(subscription.currentPeriodEnd())
                .isEqualTo(monthsAfter(subscription.currentPeriodStart(), 2));
        assertThat(customer.balance().balance()).isEqualTo(2_000);
        assertThat(waitingGrants()).containsExactly(2_000L);
    }

    @Test
    void tooLittleCanBeTakenAsAPartAndTooMuchStaysWithUs() {
        JsonNode part = confirm(arrival("100.00", "accept_partial", true)).expect(200).data();

        assertThat(part.path("status").asString()).isEqualTo("pending_payment");
        assertThat(part.path("credits").asLong()).isZero();
        assertThat(part.path("due").asString()).isEqualTo("39.00");
        assertThat(invoices()).containsExactly("open 13900 10000");
        assertThat(letters()).containsExactly("bank_transfer_received");

        Map<String, Object> rest = arrival("50.00");
        rest.put("external_payment_id", external + "-rest");
        assertThat(confirm(rest).expect(200).data().path("status").asString()).isEqualTo("active");
        assertThat(invoices()).containsExactly("paid 13900 13900");
        assertThat(moneyWithUs()).isEqualTo(1_100);
        assertThat(customer.balance().balance()).isEqualTo(2_000);
    }

    @Test
    void whoOwesNothingAndHasAPlanWithoutAPriceCannotPay() {
        Customer trial = product.signUp();

        confirm(arrival("89.00", "account_id", trial.accountId()))
                .expectRefusal(409, "nothing_due");

        assertThat(product.count("payment", trial.accountId())).isZero();
        assertThat(product.count("invoice", trial.accountId())).isZero();
    }

    @Test
    void aPaymentOpensASuspendedAccountAgain() {
        confirm(arrival("139.00")).expect(200);
        operator.suspend(customer).expect(200);
        Map<String, Object> next = arrival("139.00");
        next.put("external_payment_id", external + "-2");

        confirm(next).expect(200);

        assertThat(accountStatus()).isEqualTo("active");
    }
}
