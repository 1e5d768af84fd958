package com.igny8.billing;

import static org.awaitility.Awaitility.await;

import com.igny8.catalog.Plan;
import com.igny8.catalog.Plans;
import com.igny8.credit.Ledger;
import com.igny8.invoice.CreditNote;
import com.igny8.invoice.CreditNotes;
import com.igny8.kernel.Money;
import com.igny8.payment.PaymentType;
import com.igny8.payment.Refunds;
import com.igny8.payment.Unanswered;
import com.igny8.tenancy.IdempotencyKey;
import com.igny8.testing.Customer;
import com.igny8.testing.Operator;
import com.igny8.testing.Product;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** A year of a customer whose account has a clock of its own, and a {@link Fate}. */
final class Life {
    private static final Instant START = Instant.parse("2026-12-31T10:00:00Z");
    private static final int MONTHS = 12;

    /** When in a month those who pay by transfer do. */
    private static final Duration PAYDAY = Duration.ofDays(25);

    private static final long CREDITS_USED_A_MONTH = 300;

    private final Operator operator;
    private final Clockwork clockwork;
    private final Customer customer;
    private final Fate fate;
    private final Product product;

    Life(Operator operator, Clockwork clockwork, Customer customer, Fate fate) {
        this.operator = operator;
        this.clockwork = clockwork;
        this.customer = customer;
        this.fate = fate;
        this.product = customer.product();
    }

    void live() {
        begin();
        for (int month = 0; month < MONTHS; month++) {
            useCredits();
            happens(month, false);
            clockwork.to(customer, Months.after(START, month).plus(PAYDAY));
            happens(month, true);
            clockwork.to(customer, Months.after(START, month + 1));
        }
    }

    private void happens(int month, boolean isPayday) {
        fate.deeds.stream()
                .filter(deed -> deed.isIn(month) && deed.isOnPayday() == isPayday)
                .forEach(deed -> deed.what().accept(this));
    }

    /** Nobody is written to: to lay their letters out would take a fifth of the time. */
    private void begin() {
        Plan plan = product.bean(Plans.class).latest(fate.plan()).orElseThrow();
        product.sql()
                .sql(
                        """
                        UPDATE account SET status = ?, contact_email = 'nobody@igny8.invalid',
                               trial_ends_at = ?::timestamptz + make_interval(days => ?)
                         WHERE id = ?
                        """)
                .param(
                        plan.trialDays() != null
                                ? "trial"
                                : plan.isFree() ? "active" : "pending_payment")
                .param(START.toString())
                .param(plan.trialDays())
                .param(customer.accountId())
                .update();
        clockwork.stopAt(customer, START);
        order(plan);
        switch (fate) {
            case OVERPAYS, OVERPAYS_AND_GETS_IT_BACK -> transfer("278.00", Map.of());
            case PAYS_HALF_A_YEAR_AHEAD -> payHalfAYear();
            default -> payWhatIsOpen();
        }
        if (fate.pays != Fate.Pays.BY_TRANSFER) {
            clockwork.giveCard(customer);
        }
    }

    private void order(Plan plan) {
        Orders orders = product.bean(Orders.class);
        customer.inside(
                () -> {
                    if (plan.isFree()) {
                        orders.begin(plan, START);
                    } else {
                        orders.place(plan, BillingInterval.MONTH, PaymentType.BANK_TRANSFER);
                    }
                    return true;
                });
    }

    private void useCredits() {
        if (customer.balance().available() >= CREDITS_USED_A_MONTH) {
            customer.inside(
                    () ->
                            product.bean(Ledger.class)
                                    .deduct(CREDITS_USED_A_MONTH, "test", "test", "Used"));
        }
    }

    void payWhatIsOpen() {
        clockwork.payOpen(customer);
    }

    void payInTwoParts() {
        transfer("100.00", Map.of("accept_partial", true));
        transfer("39.00", Map.of());
    }

    void payHalfAYear() {
        transfer("834.00", Map.of("period_months", 6));
    }

    /** As an operator confirms that it arrived. */
    private void transfer(String amount, Map<String, ?> more) {
        Map<String, Object> body = new HashMap<>(more);
        body.put("account_id", customer.accountId());
        body.put("external_payment_id", UUID.randomUUID());
        body.put("amount", amount);
        body.put("payer_name", "Ada Lovelace");
        operator.api().post("billing/confirm-bank-transfer/", body).expect(200);
    }

    void buyCredits() {
        CreditPackOrders packs = product.bean(CreditPackOrders.class);
        clockwork.pay(customer, customer.inside(() -> packs.place("credits-500")).id());
    }

    void upgrade(String plan) {
        clockwork.pay(customer, change(plan).invoice().orElseThrow().id());
    }

    void upgradeByCard(String plan) {
        UUID invoice = change(plan).invoice().orElseThrow().id();
        customer.inside(() -> product.bean(OrderCharges.class).settle(invoice));
    }

    void downgrade(String plan) {
        change(plan);
    }

    private PlanChanges.Done change(String plan) {
        String method = fate.pays == Fate.Pays.BY_TRANSFER ? "bank_transfer" : null;
        return customer.inside(
                () ->
                        product.bean(PlanChanges.class)
                                .change(
                                        new PlanChanges.Wanted(
                                                plan, BillingInterval.MONTH, method)));
    }

    void cancel() {
        customer.inside(() -> product.bean(Cancellation.class).cancel());
    }

    void resume() {
        customer.inside(() -> product.bean(Cancellation.class).resume());
    }

    void beShut() {
        operator.suspend(customer).expect(200);
    }

    void beReinstated() {
        operator.reinstate(customer).expect(200);
    }

    /** The last payment, or a part of it. */
    void getBack(@Nullable Money amount) {
        UUID payment = UUID.fromString(ofLastPayment("id"));
        customer.inside(
                () ->
                        product.bean(Refunds.class)
                                .refund(
                                        payment,
                                        amount,
                                        "A day without service",
                                        IdempotencyKey.NONE));
    }

    /** For the invoice that was paid last, or a part of it. */
    void beCredited(@Nullable Money amount, CreditNote.Excess excess) {
        UUID invoice = UUID.fromString(ofLastPayment("invoice_id"));
        customer.inside(
                () ->
                        product.bean(CreditNotes.class)
                                .write(invoice, amount, "A day without service", excess));
        Unanswered.refunds(customer);
    }

    /** The last payment, at the bank. */
    void dispute() {
        Product.stripe().disputes(ofLastPayment("provider_reference"));
        awaitDispute("open");
    }

    /** The bank decides, as we see it: {@code lost} where the customer wins. */
    void hearOfDispute(String outcome) {
        Product.stripe()
                .decides(
                        product.sql()
                                .sql("SELECT provider_reference FROM dispute WHERE account_id = ?")
                                .param(customer.accountId())
                                .query(String.class)
                                .single(),
                        outcome);
        awaitDispute(outcome);
    }

    /** We are told by a webhook. */
    private void awaitDispute(String status) {
        await().pollInterval(Duration.ofMillis(20))
                .until(
                        () ->
                                product.sql()
                                        .sql("SELECT status FROM dispute WHERE account_id = ?")
                                        .param(customer.accountId())
                                        .query(String.class)
                                        .list()
                                        .equals(List.of(status)));
    }

    private String ofLastPayment(String column) {
        return product.sql()
                .sql(
                        "SELECT "
                                + column
                                + "::text FROM payment WHERE account_id = ?"
                                + " AND status = 'succeeded' AND provider <> 'balance'"
                                + " ORDER BY created_at DESC LIMIT 1")
                .param(customer.accountId())
                .query(String.class)
                .single();
    }
}
