package com.igny8.billing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.igny8.account.Accounts;
import com.igny8.invoice.CreditNote;
import com.igny8.invoice.CreditNotes;
import com.igny8.invoice.Invoice;
import com.igny8.invoice.Invoices;
import com.igny8.testing.Customer;
import com.igny8.testing.LedgerInvariants;
import com.igny8.testing.Mailbox;
import com.igny8.testing.Operator;
import com.igny8.testing.Product;
import com.igny8.testing.StripeStandIn;

import org.junit.jupiter.api.Test;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/** What was paid for a month by card, and goes back. */
class DisputeTests {
    private static final Instant NEW_YEARS_EVE = Instant.parse("2026-12-31T10:00:00Z");

    private final Product product = Product.running();
    private final AtomicInteger charges = new AtomicInteger();
    private final Clockwork clockwork =
            new Clockwork(product, (account, attempt) -> charges.incrementAndGet() > 0);
    private final Customer customer =
            product.signUp(Map.of("plan_slug", "growth", "payment_method", "stripe"));
    private final UUID invoice = ordered();
    private final Subscription paid = clockwork.subscription(customer);

    private UUID ordered() {
        clockwork.stopAt(customer, NEW_YEARS_EVE);
        UUID ordered = customer.inside(() -> product.bean(Invoices.class).open().getFirst().id());
        pay(ordered);
        return ordered;
    }

    /** On Stripe's page. */
    private void pay(UUID owed) {
        String page =
                customer.api()
                        .post(
                                "billing/invoices/" + owed + "/checkout/",
                                Map.of("payment_method", "stripe"))
                        .expect(200)
                        .data()
                        .path("url")
                        .asString();
        Product.stripe().customerPays(URI.create(page), StripeStandIn.GOOD_CARD);
        awaitStatus(owed, Invoice.Status.PAID);
    }

    private void awaitStatus(UUID id, Invoice.Status status) {
        await().until(() -> invoice(id).status() == status);
    }

    private Invoice invoice(UUID id) {
        return customer.inside(() -> product.bean(Invoices.class).get(id));
    }

    /** How the provider calls what was paid for it last. */
    private String reference() {
        return product.sql()
                .sql(
                        """
                        SELECT provider_reference FROM payment WHERE invoice_id = ?
                         ORDER BY begun_at DESC LIMIT 1
                        """)
                .param(invoice)
                .query(String.class)
                .single();
    }

    private void losesDispute() {
        String dispute = Product.stripe().disputes(reference());
        await().until(() -> letters("dispute.*").size() == 1);
        Product.stripe().decides(dispute, "lost");
        awaitStatus(invoice, Invoice.Status.OPEN);
    }

    private String status() {
        return customer.inside(() -> product.bean(Accounts.class).current().status().key());
    }

    private List<String> letters(String kind) {
        return new Mailbox(product, customer.email())
                .letters().stream()
                        .map(Mailbox.Received::template)
                        .filter(template -> template.matches(kind))
                        .toList();
    }

    /** The month that was paid for, and no other; its credits, once. */
    private void requireWhatWasPaidFor() {
        Subscription now = clockwork.subscription(customer);
        assertThat(now.currentPeriodStart()).isEqualTo(paid.currentPeriodStart());
        assertThat(now.currentPeriodEnd()).isEqualTo(paid.currentPeriodEnd());
        assertThat(customer.balance().balance()).isEqualTo(2_000);
        assertThat(product.count("scheduled_grant", customer.accountId())).isOne();
        assertThat(LedgerInvariants.violations(product.superuser()))
                .noneMatch(found -> found.contains(customer.accountId().toString()));
    }

    @Test
    void aLostDisputeIsOwedAgainAndPayingItGivesNothingTwice() {
        losesDispute();

        assertThat(invoice(invoice).due()).isEqualTo(invoice(invoice).total());
        assertThat(clockwork.subscription(customer).status())
                .isEqualTo(Subscription.Status.PAST_DUE);
        assertThat(status()).isEqualTo("active");
        requireWhatWasPaidFor();
        assertThat(letters("dispute.*")).containsExactly("dispute_opened", "dispute_lost");
        assertThat(new Mailbox(product, customer.email()).letters("dispute_lost").getFirst().text())
                .contains("$139.00", "/account/invoices/" + invoice + "/pay");

        pay(invoice);

        assertThat(clockwork.subscription(customer).status()).isEqualTo(Subscription.Status.ACTIVE);
        requireWhatWasPaidFor();
        assertThat(letters("invoice_paid")).hasSize(2);
        clockwork.days(customer, 31);
        assertThat(charges).hasValue(1);
        assertThat(clockwork.subscription(customer).currentPeriodEnd())
                .isEqualTo("2027-02-28T10:00:00Z");
    }

    @Test
    void whoDoesNotPayAgainIsRemindedNotChargedAndSuspended() {
        losesDispute();

        clockwork.days(customer, 6);
        assertThat(letters("payment.*"))
                .containsExactly("payment_missing", "payment_missing", "payment_missing");
        assertThat(status()).isEqualTo("active");
        clockwork.days(customer, 1);
        assertThat(status()).isEqualTo("suspended");
        assertThat(charges).as("what went back is not charged again").hasValue(0);

        pay(invoice);

        assertThat(status()).isEqualTo("active");
        assertThat(clockwork.subscription(customer).status()).isEqualTo(Subscription.Status.ACTIVE);
        requireWhatWasPaidFor();
    }

    @Test
    void timeInWhichTheAccountWasShutIsNotBilled() {
        losesDispute();
        clockwork.days(customer, 45);
        pay(invoice);

        clockwork.days(customer, 1);

        assertThat(clockwork.subscription(customer).currentPeriodStart())
                .isEqualTo("2027-02-14T10:00:00Z");
        assertThat(charges).hasValue(1);
    }

    @Test
    void whatIsOwedAgainIsNeitherVoidNorForgottenWhenThePlanChanges() {
        losesDispute();
        Operator operator = Operator.of(product);

        operator.api()
                .post("console/invoices/" + invoice + "/void/", Map.of("reason", "A mistake"))
                .expectRefusal(409, "invoice_delivered");
        customer.api()
                .post(
                        "billing/change-plan/",
                        Map.of("plan_slug", "scale", "payment_method", "bank_transfer"))
                .expect(200);
        clockwork.pay(customer, open("subscription_start"));

        assertThat(invoice(invoice).status()).isEqualTo(Invoice.Status.OPEN);
        assertThat(clockwork.subscription(customer).plan().slug()).isEqualTo("scale");
        assertThat(clockwork.subscription(customer).status())
                .isEqualTo(Subscription.Status.PAST_DUE);
    }

    private UUID open(String purpose) {
        return product.sql()
                .sql(
                        """
                        SELECT id FROM invoice WHERE account_id = ? AND status = 'open'
                           AND purpose = ? AND first_paid_at IS NULL
                        """)
                .params(customer.accountId(), purpose)
                .query(UUID.class)
                .single();
    }

    @Test
    void whatIsRefundedElsewhereIsOwedUntilACreditNoteAnswersForIt() {
        Product.stripe().refundInDashboard(reference(), 5_000);
        awaitStatus(invoice, Invoice.Status.OPEN);

        assertThat(invoice(invoice).due().minor()).isEqualTo(5_000);
        assertThat(clockwork.subscription(customer).status())
                .isEqualTo(Subscription.Status.PAST_DUE);
        assertThat(letters("refund.*")).containsExactly("refund_sent");
        customer.inside(
                () ->
                        product.bean(CreditNotes.class)
                                .write(invoice, null, "A gift", CreditNote.Excess.BALANCE));

        assertThat(invoice(invoice).status()).isEqualTo(Invoice.Status.PAID);
        assertThat(clockwork.subscription(customer).status()).isEqualTo(Subscription.Status.ACTIVE);
        assertThat(moneyWithUs()).as("what was paid and not sent back").isEqualTo(8_900);
        requireWhatWasPaidFor();
    }

    private long moneyWithUs() {
        return product.sql()
                .sql("SELECT sum(balance_minor) FROM customer_balance WHERE account_id = ?")
                .param(customer.accountId())
                .query(Long.class)
                .single();
    }
}
