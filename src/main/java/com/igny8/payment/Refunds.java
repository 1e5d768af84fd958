package com.igny8.payment;

import com.igny8.account.AccountClock;
import com.igny8.invoice.CreditNote;
import com.igny8.invoice.CreditNoteIssued;
import com.igny8.invoice.CreditNotes;
import com.igny8.invoice.CustomerBalance;
import com.igny8.invoice.Invoice;
import com.igny8.invoice.Invoices;
import com.igny8.kernel.Money;
import com.igny8.kernel.Problem;
import com.igny8.tenancy.AccountSql;
import com.igny8.tenancy.AuditLog;
import com.igny8.tenancy.Idempotency;
import com.igny8.tenancy.IdempotencyKey;
import com.igny8.tenancy.TenantTransactions;

import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/**
 * Money that goes back to customers of the bound account. As with charges, a refund is written down
 * before the provider is asked, and asked for under its id until there is an answer.
 */
@Component
public class Refunds {
    private final TenantTransactions transactions;
    private final PaymentOptions options;
    private final Takings takings;
    private final RefundRows rows;
    private final Reversals reversals;
    private final Invoices invoices;
    private final CreditNotes creditNotes;
    private final CustomerBalance balance;
    private final Reckoning reckoning;
    private final Idempotency idempotency;
    private final AuditLog auditLog;
    private final AccountClock clock;

    Refunds(
            TenantTransactions transactions,
            PaymentOptions options,
            Takings takings,
            RefundRows rows,
            Reversals reversals,
            Invoices invoices,
            CreditNotes creditNotes,
            CustomerBalance balance,
            Reckoning reckoning,
            Idempotency idempotency,
            AuditLog auditLog,
            AccountClock clock) {
        this.transactions = transactions;
        this.options = options;
        this.takings = takings;
        this.rows = rows;
        this.reversals = reversals;
        this.invoices = invoices;
        this.creditNotes = creditNotes;
        this.balance = balance;
        this.reckoning = reckoning;
        this.idempotency = idempotency;
        this.auditLog = auditLog;
        this.clock = clock;
    }

    /**
     * Sends a payment back, or a part of it; once for each idempotency key. What came by bank
     * transfer the operator sends back at the bank, and has it written down here. What the invoice
     * was paid with is answered for by a credit note; 409 where what became balance is used.
     *
     * @param amount null for all that is left of it
     */
    public Payment refund(
            UUID paymentId, @Nullable Money amount, String reason, IdempotencyKey key) {
        UUID refundId =
                idempotency.once(
                        key,
                        UUID.class,
                        () -> transactions.write(sql -> begin(sql, paymentId, amount, reason)));
        ask(refundId);
        return transactions.read(sql -> takings.get(sql, paymentId));
    }

    /**
     * Sends back what a credit note says, out of the payments of its invoice, the youngest first;
     * in its transaction, and asked for soon after. 409 where not so much of it can be sent back:
     * what was paid from the customer's balance goes back there.
     */
    @EventListener
    void sendBack(CreditNoteIssued issued) {
        CreditNote note = issued.note();
        transactions.run(
                sql -> {
                    Money left = note.toRefund();
                    for (Payment payment : payments(sql, note.invoiceId())) {
                        RefundRows.Remains remains = rows.remains(sql, payment, null);
                        Money part = left.min(remains.onInvoice()).min(remains.inAll());
                        if (part.isPositive()) {
                            insert(sql, payment, part, note);
                            left = left.minus(part);
                        }
                    }
                    if (left.isPositive()) {
                        throw Problem.conflict(
                                "not_refundable",
                                "%s of it cannot be sent back; let it go to the customer's balance"
                                        .formatted(left.text()));
                    }
                });
    }

    private void insert(AccountSql sql, Payment payment, Money part, CreditNote note) {
        rows.insert(
                sql,
                new RefundRows.Wanted(
                        payment.id(),
                        part,
                        Money.zero(part.currency()),
                        note.id(),
                        "Credit note " + note.number()),
                clock.now());
    }

    private static List<Payment> payments(AccountSql sql, UUID invoiceId) {
        return sql.statement(
                        """
                        SELECT * FROM payment
                         WHERE account_id = :account_id AND invoice_id = :invoice
                           AND status IN ('succeeded', 'partially_refunded')
                           AND provider <> 'balance'
                         ORDER BY created_at DESC, id
                        """)
                .param("invoice", invoiceId)
                .query(Payments::payment)
                .list();
    }

    private UUID begin(AccountSql sql, UUID paymentId, @Nullable Money wanted, String reason) {
        Payment payment =
                takings.locked(sql, paymentId).orElseThrow(() -> Problem.notFound("Payment"));
        Money left = requireRefundable(sql, payment);
        Money amount = Objects.requireNonNullElse(wanted, left);
        if (!amount.currency().equals(left.currency())
                || !amount.isPositive()
                || amount.compareTo(left) > 0) {
            throw Problem.invalid("amount", "Must be from 0.01 to " + left.text());
        }
        UUID id = taken(sql, payment, amount, reason);
        auditLog.record(
                "payment.refunded",
                "payment:" + paymentId,
                Map.of("amount", amount.toString(), "reason", reason));
        return id;
    }

    private Money requireRefundable(AccountSql sql, Payment payment) {
        switch (payment.status()) {
            case PENDING, FAILED ->
                    throw Problem.conflict(
                            "payment_not_refundable",
                            "This payment is " + payment.status().key() + ": nothing came in");
            case REFUNDED ->
                    throw Problem.conflict(
                            "payment_not_refundable", "All of this payment went back already");
            case SUCCEEDED, PARTIALLY_REFUNDED -> {}
        }
        if (payment.provider().equals(Payment.BALANCE)) {
            throw Problem.conflict(
                    "payment_not_refundable",
                    "This was paid from the customer's balance: write a credit note instead");
        }
        Money left = rows.remains(sql, payment, null).inAll();
        if (!left.isPositive()) {
            throw Problem.conflict(
                    "payment_not_refundable", "All of this payment is on its way back already");
        }
        return left;
    }

    /**
     * Takes it from the balance at once, before it is used, and from the invoice by a credit note.
     * One that is not paid yet needs none: there is more to be paid on it again.
     */
    private UUID taken(AccountSql sql, Payment payment, Money amount, String reason) {
        Reversals.Split split = reversals.split(sql, payment, amount, null);
        if (amount.compareTo(split.most()) > 0) {
            throw Problem.conflict(
                            "balance_used",
                            "A part of this payment became the customer's balance and has paid"
                                    + " other invoices since: at most %s can go back"
                                            .formatted(split.most().text()))
                    .with("refundable", split.most().decimal())
                    .with("currency", amount.currency());
        }
        UUID invoiceId = Objects.requireNonNull(payment.invoiceId());
        balance.take(
                split.fromBalance(),
                CustomerBalance.Reason.REFUND,
                invoiceId,
                "Sent back: " + reason);
        boolean isAnswered =
                split.fromInvoice().isPositive()
                        && invoices.get(invoiceId).status() == Invoice.Status.PAID;
        return rows.insert(
                sql,
                new RefundRows.Wanted(
                        payment.id(),
                        amount,
                        split.fromBalance(),
                        isAnswered
                                ? creditNotes.answer(invoiceId, split.fromInvoice(), reason).id()
                                : null,
                        reason),
                clock.now());
    }

    /** A refund that waits, and the payment it takes back. */
    private record Waiting(Payment payment, Money amount, RefundStatus status) {}

    /** Asks the provider for it, again where it was asked before. */
    void ask(UUID refundId) {
        Waiting waiting = transactions.read(sql -> waiting(sql, refundId));
        if (waiting.status() != RefundStatus.PENDING) {
            return;
        }
        Payment payment = waiting.payment();
        PaymentType type = PaymentType.of(payment.provider());
        switch (type) {
            case BANK_TRANSFER ->
                    done(payment, sentBack(refundId, waiting, RefundStatus.SUCCEEDED));
            case STRIPE, PAYPAL -> done(payment, askedFor(refundId, waiting, type));
        }
    }

    private ProviderPayment.Refunded askedFor(UUID refundId, Waiting waiting, PaymentType type) {
        Payment payment = waiting.payment();
        try {
            return options.provider(type)
                    .refund(
                            new NewRefund(
                                    payment.accountId(),
                                    payment.id(),
                                    refundId,
                                    Objects.requireNonNull(payment.reference()),
                                    waiting.amount()));
        } catch (ProviderFailure failure) {
            if (!failure.isUnknown()) {
                done(payment, sentBack(refundId, waiting, RefundStatus.FAILED));
            }
            throw failure.problem();
        }
    }

    /** Of what no provider has a name for: ours stands for it. */
    private static ProviderPayment.Refunded sentBack(
            UUID refundId, Waiting waiting, RefundStatus status) {
        return new ProviderPayment.Refunded(
                refundId.toString(), refundId, waiting.amount(), status);
    }

    private void done(Payment payment, ProviderPayment.Refunded refunded) {
        reckoning.payment(
                PaymentType.of(payment.provider()),
                new ProviderPayment(
                        payment.accountId(),
                        payment.id(),
                        payment.reference(),
                        payment.amount(),
                        new Outcome.Succeeded(),
                        List.of(refunded),
                        List.of(),
                        null));
    }

    private static Waiting waiting(AccountSql sql, UUID refundId) {
        return sql.statement(
                        """
                        SELECT payment.*, refund.amount_minor AS wanted, refund.status AS stands
                          FROM refund
                          JOIN payment ON payment.account_id = refund.account_id
                                      AND payment.id = payment_id
                         WHERE refund.account_id = :account_id AND refund.id = :id
                        """)
                .param("id", refundId)
                .query(
                        (row, number) ->
                                new Waiting(
                                        Payments.payment(row, number),
                                        new Money(row.getLong("wanted"), row.getString("currency")),
                                        RefundStatus.of(row.getString("stands"))))
                .single();
    }
}
