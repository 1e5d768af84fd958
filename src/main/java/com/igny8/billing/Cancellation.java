package com.igny8.billing;

import com.igny8.account.Accounts;
import com.igny8.kernel.Problem;
import com.igny8.tenancy.AuditLog;
import com.igny8.tenancy.Role;
import com.igny8.tenancy.Tenancy;
import com.igny8.tenancy.TenantTransactions;

import org.springframework.stereotype.Component;

import java.util.Map;

/** The end of a subscription: asked for by the owner, and brought about when its time has come. */
@Component
class Cancellation {
    private final TenantTransactions transactions;
    private final Subscriptions subscriptions;
    private final SubscriptionChanges changes;
    private final OpenInvoices openInvoices;
    private final MonthlyCredits credits;
    private final Accounts accounts;
    private final BillingLetters letters;
    private final AuditLog auditLog;

    Cancellation(
            TenantTransactions transactions,
            Subscriptions subscriptions,
            SubscriptionChanges changes,
            OpenInvoices openInvoices,
            MonthlyCredits credits,
            Accounts accounts,
            BillingLetters letters,
            AuditLog auditLog) {
        this.transactions = transactions;
        this.subscriptions = subscriptions;
        this.changes = changes;
        this.openInvoices = openInvoices;
        this.credits = credits;
        this.accounts = accounts;
        this.letters = letters;
        this.auditLog = auditLog;
    }

    /** Ends with what is paid for, or tried; at once where nothing is. */
    Subscription cancel() {
        Tenancy.caller().require(Role.OWNER);
        return transactions.write(
                sql -> {
                    Subscription before = subscriptions.locked();
                    if (before.cancelAtPeriodEnd()) {
                        throw Problem.conflict(
                                "already_cancelled", "This subscription ends already");
                    }
                    record("subscription.cancelled", before);
                    openInvoices.withdraw(before);
                    return switch (before.status()) {
                        case TRIALING, ACTIVE -> {
                            Subscription after = changes.letEnd(before);
                            letters.cancelScheduled(after);
                            changes.tell(SubscriptionChanged.Kind.CANCEL_SCHEDULED);
                            yield after;
                        }
                        case PENDING_PAYMENT, PAST_DUE, CANCELED -> {
                            end(before);
                            yield before;
                        }
                    };
                });
    }

    /** Goes on after all; 409 where it does not end. */
    Subscription resume() {
        Tenancy.caller().require(Role.OWNER);
        return transactions.write(
                sql -> {
                    Subscription before = subscriptions.locked();
                    if (!before.cancelAtPeriodEnd()) {
                        throw Problem.conflict("not_cancelled", "This subscription does not end");
                    }
                    record("subscription.resumed", before);
                    Subscription after = changes.keep(before);
                    letters.resumed(after);
                    changes.tell(SubscriptionChanged.Kind.RESUMED);
                    return after;
                });
    }

    private void record(String action, Subscription subscription) {
        auditLog.record(
                action,
                "subscription:" + subscription.id(),
                Map.of("plan", subscription.plan().name()));
    }

    /** It is over, and the account with it. */
    void end(Subscription subscription) {
        openInvoices.withdraw(subscription);
        credits.dropRest(subscription);
        changes.end(subscription);
        accounts.close();
        letters.cancelled(subscription);
    }
}
