package com.igny8.bank;

import com.igny8.billing.Prepayments;
import com.igny8.billing.Subscription;
import com.igny8.billing.Subscriptions;
import com.igny8.credit.Ledger;
import com.igny8.invoice.Invoice;
import com.igny8.invoice.Invoices;
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

import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/** Puts a transfer that arrived on the bound account against the invoice it is for. */
@Component
class BankTransferBooking {
    private final TenantTransactions transactions;
    private final Subscriptions subscriptions;
    private final Prepayments prepayments;
    private final Invoices invoices;
    private final Payments payments;
    private final Ledger ledger;
    private final BankTransferLetters letters;
    private final AuditLog auditLog;

    BankTransferBooking(
            TenantTransactions transactions,
            Subscriptions subscriptions,
            Prepayments prepayments,
            Invoices invoices,
            Payments payments,
            Ledger ledger,
            BankTransferLetters letters,
            AuditLog auditLog) {
        this.transactions = transactions;
        this.subscriptions = subscriptions;
        this.prepayments = prepayments;
        this.invoices = invoices;
        this.payments = payments;
        this.ledger = ledger;
        this.letters = letters;
        this.auditLog = auditLog;
    }

    /** Pays an open invoice, or one for the months that are paid ahead. */
    BankTransferConfirmed book(BankTransferArrival arrival) {
        return transactions.write(
                sql -> {
                    Subscription subscription = prepayments.locked();
                    requireCurrent(subscription, arrival);
                    Invoice invoice = invoiceFor(arrival, subscription);
                    Money received = Money.require("amount", arrival.amount(), invoice.currency());
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
            return invoices.get(wanted).requireDue();
        }
        int months = arrival.periodMonths();
        return prepayments
                .open(subscription, months)
                .or(
                        () ->
                                invoices.open().stream()
                                        .filter(open -> isExactly(open, arrival))
                                        .findFirst())
                .orElseGet(() -> prepayments.ahead(subscription, months));
    }

    private static boolean isExactly(Invoice invoice, BankTransferArrival arrival) {
        return Money.parse(arrival.amount(), invoice.currency())
                .filter(invoice.due()::equals)
                .isPresent();
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
