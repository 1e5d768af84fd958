package com.igny8.billing;

import com.igny8.account.AccountClock;
import com.igny8.catalog.Plan;
import com.igny8.catalog.Plans;
import com.igny8.credit.Ledger;
import com.igny8.invoice.Invoice;
import com.igny8.invoice.InvoiceLine;
import com.igny8.invoice.Invoices;
import com.igny8.invoice.NewInvoice;
import com.igny8.kernel.Money;
import com.igny8.kernel.Problem;
import com.igny8.payment.NewPayment;
import com.igny8.payment.Payment;
import com.igny8.payment.PaymentType;
import com.igny8.payment.Payments;
import com.igny8.tenancy.AuditLog;
import com.igny8.tenancy.Tenancy;
import com.igny8.tenancy.TenantTransactions;

import org.springframework.stereotype.Component;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/** Puts a transfer that arrived on the bound account against the invoice it is for. */
@Component
class BankTransferBooking {
    private final TenantTransactions transactions;
    private final Subscriptions subscriptions;
    private final Plans plans;
    private final Invoices invoices;
    private final Payments payments;
    private final Ledger ledger;
    private final BankTransferLetters letters;
    private final AuditLog auditLog;
    private final AccountClock clock;

    BankTransferBooking(
            TenantTransactions transactions,
            Subscriptions subscriptions,
            Plans plans,
            Invoices invoices,
            Payments payments,
            Ledger ledger,
            BankTransferLetters letters,
            AuditLog auditLog,
            AccountClock clock) {
        this.transactions = transactions;
        this.subscriptions = subscriptions;
        this.plans = plans;
        this.invoices = invoices;
        this.payments = payments;
        this.ledger = ledger;
        this.letters = letters;
        this.auditLog = auditLog;
        this.clock = clock;
    }

    /** Pays an open invoice, or one for the months that are paid ahead. */
    BankTransferConfirmed book(BankTransferArrival arrival) {
        return transactions.write(
                sql -> {
                    Subscription subscription = subscriptions.locked();
                    requireCurrent(subscription, arrival);
                    Invoice invoice = invoiceFor(arrival, subscription);
                    Money received = received(arrival, invoice.currency());
                    requireEnough(invoice.due(), received, arrival);
                    Payment payment =
                            payments.received(
                                    new NewPayment(
                                            invoice.id(),
                                            PaymentType.BANK_TRANSFER.key(),
                                            arrival.externalPaymentId(),
                                            received,
                                            arrival.payerName(),
                                            arrival.proofUrl(),
                                            Tenancy.caller().userId()));
                    Invoice settled = invoices.get(invoice.id());
                    record(arrival, payment, settled);
                    if (settled.due().isPositive()) {
                        letters.postPart(settled, received);
                    }
                    return confirmed(subscriptions.current(), payment, settled);
                });
    }

    private static void requireCurrent(Subscription subscription, BankTransferArrival arrival) {
        UUID wanted = arrival.subscriptionId();
        if (wanted != null && !wanted.equals(subscription.id())) {
            throw Problem.conflict(
                    "subscription_ended", "The account is on another subscription by now");
        }
    }

    private Invoice invoiceFor(BankTransferArrival arrival, Subscription subscription) {
        UUID wanted = arrival.invoiceId();
        if (wanted != null) {
            return requireOpen(invoices.get(wanted));
        }
        return invoices.openFor(subscription.id())
                .map(open -> longEnough(open, subscription, arrival.periodMonths()))
                .or(
                        () ->
                                invoices.open().stream()
                                        .filter(open -> isExactly(open, arrival))
                                        .findFirst())
                .orElseGet(() -> ahead(subscription, arrival.periodMonths()));
    }

    private static Invoice requireOpen(Invoice invoice) {
        return switch (invoice.status()) {
            case OPEN, UNCOLLECTIBLE -> invoice;
            case DRAFT, PAID, VOID ->
                    throw Problem.conflict(
                            "invoice_not_open", "This invoice is " + invoice.status().key());
        };
    }

    private static boolean isExactly(Invoice invoice, BankTransferArrival arrival) {
        return Money.parse(arrival.amount(), invoice.currency())
                .filter(invoice.due()::equals)
                .isPresent();
    }

    /**
     * Where more months are paid at once than are owed, one invoice takes the place of the other.
     */
    private Invoice longEnough(Invoice open, Subscription subscription, int months) {
        return switch (open.purpose()) {
            case SUBSCRIPTION_START, SUBSCRIPTION_RENEWAL -> {
                if (open.isReopened() || PaidPeriods.months(open) >= months) {
                    yield open;
                }
                invoices.annul(open.id());
                UUID terms = open.lines().getFirst().planVersionId();
                yield issue(
                        open.purpose(),
                        subscription,
                        plans.version(Objects.requireNonNull(terms)),
                        months);
            }
            case PLAN_CHANGE, CREDIT_PACK, MANUAL -> open;
        };
    }

    private Invoice ahead(Subscription subscription, int months) {
        if (subscription.plan().isFree()) {
            throw Problem.conflict(
                    "nothing_due",
                    "%s has no price, and there is no open invoice"
                            .formatted(subscription.plan().name()));
        }
        return issue(
                switch (subscription.status()) {
                    case PENDING_PAYMENT -> Invoice.Purpose.SUBSCRIPTION_START;
                    case TRIALING, ACTIVE, PAST_DUE, CANCELED ->
                            Invoice.Purpose.SUBSCRIPTION_RENEWAL;
                },
                subscription,
                subscription.plan(),
                months);
    }

    private Invoice issue(
            Invoice.Purpose purpose, Subscription subscription, Plan plan, int months) {
        Instant from = subscription.paidFrom(clock.now());
        InvoiceLine line = Orders.months(plan, from, months);
        return invoices.issue(
                new NewInvoice(purpose, subscription.id(), null, plan.currency(), List.of(line)));
    }

    private static Money received(BankTransferArrival arrival, String currency) {
        return Money.parse(arrival.amount(), currency)
                .orElseThrow(
                        () ->
                                Problem.invalid(
                                        "amount",
                                        "There is no such amount of %s".formatted(currency)));
    }

    private static void requireEnough(Money due, Money received, BankTransferArrival arrival) {
        if (received.compareTo(due) < 0 && !arrival.acceptPartial()) {
            throw Problem.conflict(
                            "amount_mismatch",
                            "%s is due, and %s came in. Accept it as a part with accept_partial"
                                    .formatted(due.text(), received.text()))
                    .with("due", due.decimal())
                    .with("received", received.decimal())
                    .with("currency", due.currency());
        }
    }

    private void record(BankTransferArrival arrival, Payment payment, Invoice invoice) {
        auditLog.record(
                "payment.confirmed",
                "payment:" + payment.id(),
                Map.of(
                        "name", payment.amount().text(),
                        "invoice", String.valueOf(invoice.number()),
                        "external_payment_id", arrival.externalPaymentId(),
                        "invoice_status", invoice.status().key()));
    }

    private BankTransferConfirmed confirmed(
            Subscription subscription, Payment payment, Invoice invoice) {
        return new BankTransferConfirmed(
                invoice.accountId(),
                subscription.id(),
                subscription.status().key(),
                ledger.balance().balance(),
                subscription.currentPeriodStart(),
                subscription.currentPeriodEnd(),
                payment.id(),
                invoice.id(),
                Objects.requireNonNull(invoice.number()),
                invoice.status().key(),
                invoice.due().decimal());
    }
}
