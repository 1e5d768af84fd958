package com.igny8.payment;

import com.igny8.account.AccountClock;
import com.igny8.account.Accounts;
import com.igny8.invoice.Invoice;
import com.igny8.invoice.Invoices;
import com.igny8.kernel.Money;
import com.igny8.tenancy.AccountSql;
import com.igny8.tenancy.AuditLog;
import com.igny8.tenancy.Caller;
import com.igny8.tenancy.PlatformTransactions;
import com.igny8.tenancy.Tenancy;
import com.igny8.tenancy.TenantTransactions;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/**
 * Brings our books in line with what a provider has, in one transaction for each payment.
 *
 * <p>It is told how things are, not what happened, and moves forward only: a payment that came in
 * stays, a refund that failed stays so. So it does not matter how often, or in which order, it is
 * told.
 */
@Component
class Reckoning {
    private final TenantTransactions transactions;
    private final PlatformTransactions platform;
    private final Accounts accounts;
    private final Invoices invoices;
    private final PaymentMethods methods;
    private final Takings takings;
    private final RefundRows refunds;
    private final Reversals reversals;
    private final PaymentLetters letters;
    private final AuditLog auditLog;
    private final AccountClock clock;
    private final ApplicationEventPublisher events;

    Reckoning(
            TenantTransactions transactions,
            PlatformTransactions platform,
            Accounts accounts,
            Invoices invoices,
            PaymentMethods methods,
            Takings takings,
            RefundRows refunds,
            Reversals reversals,
            PaymentLetters letters,
            AuditLog auditLog,
            AccountClock clock,
            ApplicationEventPublisher events) {
        this.transactions = transactions;
        this.platform = platform;
        this.accounts = accounts;
        this.invoices = invoices;
        this.methods = methods;
        this.takings = takings;
        this.refunds = refunds;
        this.reversals = reversals;
        this.letters = letters;
        this.auditLog = auditLog;
        this.clock = clock;
        this.events = events;
    }

    /** The account it was about; nothing where it is not about anything of ours. */
    Optional<UUID> reckon(PaymentType type, Finding finding) {
        return switch (finding) {
            case ProviderPayment found -> payment(type, found).map(Payment::accountId);
            case MethodKept kept ->
                    Optional.of(
                            Tenancy.as(
                                    Caller.system(kept.accountId()),
                                    () -> {
                                        methods.keep(type, kept.method());
                                        return kept.accountId();
                                    }));
            case MethodGone gone -> methodGone(type, gone);
        };
    }

    private Optional<UUID> methodGone(PaymentType type, MethodGone gone) {
        Optional<UUID> accountId =
                platform.read(
                        jdbc ->
                                jdbc.sql(
                                                """
                                                SELECT account_id FROM payment_method
                                                 WHERE type = :type AND removed_at IS NULL
                                                   AND method_reference = :reference
                                                """)
                                        .param("type", type.key())
                                        .param("reference", gone.methodReference())
                                        .query(UUID.class)
                                        .optional());
        accountId.ifPresent(
                account ->
                        Tenancy.as(
                                Caller.system(account),
                                () -> methods.lost(type, gone.methodReference())));
        return accountId;
    }

    /** The payment as it is afterwards; nothing where we have no such payment. */
    Optional<Payment> payment(PaymentType type, ProviderPayment found) {
        return Tenancy.as(
                Caller.system(found.accountId()),
                () ->
                        transactions.write(
                                sql ->
                                        takings.locked(sql, found.paymentId())
                                                .filter(
                                                        before ->
                                                                before.provider()
                                                                        .equals(type.key()))
                                                .map(before -> reckoned(sql, before, found))));
    }

    private Payment reckoned(AccountSql sql, Payment before, ProviderPayment found) {
        switch (found.outcome()) {
            case Outcome.Pending pending -> takings.name(sql, before.id(), found.reference());
            case Outcome.Failed failed -> fail(sql, before, found, failed);
            case Outcome.Succeeded succeeded -> succeed(sql, before, found, succeeded);
        }
        Payment present = takings.get(sql, before.id());
        found.refunds().forEach(refund -> refund(sql, present, refund));
        found.disputes().forEach(dispute -> dispute(sql, present, dispute));
        refunds.count(sql, before.id());
        SavedMethod kept = found.kept();
        if (kept != null) {
            methods.keep(PaymentType.of(before.provider()), kept);
        }
        Payment after = takings.get(sql, before.id());
        if (after.refunded().compareTo(before.refunded()) > 0) {
            events.publishEvent(new PaymentRefunded(after));
        }
        return after;
    }

    private void fail(
            AccountSql sql, Payment before, ProviderPayment found, Outcome.Failed failed) {
        if (before.status() == Payment.Status.PENDING) {
            takings.fail(sql, before.id(), found.reference(), failed, clock.now());
            events.publishEvent(new PaymentSettled(takings.get(sql, before.id()), failed));
        }
    }

    /** Also of one that we took for failed: what came in counts. */
    private void succeed(
            AccountSql sql, Payment before, ProviderPayment found, Outcome.Succeeded succeeded) {
        switch (before.status()) {
            case PENDING, FAILED -> {
                if (!found.amount().equals(before.amount())) {
                    throw new IllegalStateException(
                            "%s came in for payment %s, which is over %s"
                                    .formatted(found.amount(), before.id(), before.amount()));
                }
                Invoice invoice = invoices.locked(Objects.requireNonNull(before.invoiceId()));
                Money toInvoice = before.amount().min(invoice.due());
                takings.succeed(sql, before.id(), found.reference(), toInvoice, clock.now());
                invoices.settle(invoice, before.amount());
                events.publishEvent(new PaymentSettled(takings.get(sql, before.id()), succeeded));
            }
            case SUCCEEDED, REFUNDED, PARTIALLY_REFUNDED -> {}
        }
    }

    private void refund(AccountSql sql, Payment payment, ProviderPayment.Refunded found) {
        refunds.note(sql, payment.id(), found, "Made at the provider", clock.now())
                .ifPresent(news -> settle(sql, payment, found, news));
    }

    private void settle(
            AccountSql sql,
            Payment payment,
            ProviderPayment.Refunded found,
            RefundRows.Noted refund) {
        switch (refund.status()) {
            case PENDING -> {
                return;
            }
            case SUCCEEDED ->
                    letters.refunded(
                            matter(payment),
                            refund.amount(),
                            reversals.carryOut(sql, payment, refund, clock.now()));
            case FAILED -> reversals.undo(sql, payment, refund);
        }
        auditLog.record(
                "payment.refund_" + refund.status().key(),
                "payment:" + payment.id(),
                Map.of("amount", refund.amount().toString(), "reference", found.reference()));
    }

    private PaymentLetters.Matter matter(Payment payment) {
        return new PaymentLetters.Matter(
                accounts.current(),
                invoices.get(Objects.requireNonNull(payment.invoiceId())),
                payment);
    }

    /** Lost, the money is gone as by a refund. */
    private void dispute(AccountSql sql, Payment payment, ProviderPayment.Disputed found) {
        if (!takings.note(sql, payment.id(), found, clock.now())) {
            return;
        }
        auditLog.record(
                "payment.dispute_" + found.status().key(),
                "payment:" + payment.id(),
                Map.of("amount", found.amount().toString(), "reason", found.reason()));
        Money toPayAgain =
                switch (found.status()) {
                    case OPEN, WON -> Money.zero(found.amount().currency());
                    case LOST -> lose(sql, payment, found);
                };
        letters.disputed(matter(payment), found, toPayAgain, accounts.operatorEmails());
        events.publishEvent(new PaymentDisputed(payment, found.status()));
    }

    /** What is to be paid again; what went back before cannot be lost any more. */
    private Money lose(AccountSql sql, Payment payment, ProviderPayment.Disputed found) {
        Money lost = found.amount().min(refunds.remains(sql, payment, null).inAll());
        if (!lost.isPositive()) {
            return Money.zero(found.amount().currency());
        }
        return refunds.note(
                        sql,
                        payment.id(),
                        new ProviderPayment.Refunded(
                                found.reference(), null, lost, RefundStatus.SUCCEEDED),
                        "Lost in a dispute: " + found.reason(),
                        clock.now())
                .map(refund -> reversals.carryOut(sql, payment, refund, clock.now()))
                .orElseGet(() -> Money.zero(lost.currency()));
    }
}
