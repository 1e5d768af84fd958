package com.igny8.billing;

import com.igny8.account.AccountClock;
import com.igny8.catalog.Plan;
import com.igny8.credit.Entry;
import com.igny8.credit.Ledger;
import com.igny8.credit.NewGrant;
import com.igny8.tenancy.Columns;
import com.igny8.tenancy.TenantTransactions;

import org.springframework.stereotype.Component;

import java.time.Instant;

/** The credits that come with each month of a plan: the first at once, later ones as they begin. */
@Component
class MonthlyCredits {
    private final TenantTransactions transactions;
    private final Ledger ledger;
    private final AccountClock clock;

    MonthlyCredits(TenantTransactions transactions, Ledger ledger, AccountClock clock) {
        this.transactions = transactions;
        this.ledger = ledger;
        this.clock = clock;
    }

    /**
     * Gives the credits of months that are paid for.
     *
     * @param from where the first of them begins; the credits of that one come at once
     */
    void give(Subscription subscription, Instant from, int months) {
        Instant anchor = subscription.anchor();
        int first = Months.since(anchor, from);
        for (int month = 0; month < months; month++) {
            Instant begins = Months.after(anchor, first + month);
            Instant ends = Months.after(anchor, first + month + 1);
            if (month == 0) {
                grant(subscription.plan(), ends);
            }
            note(subscription, begins, ends, month == 0);
        }
    }

    void grant(Plan plan, Instant ends) {
        if (plan.includedCredits() > 0) {
            ledger.grant(
                    new NewGrant(
                            plan.creditsOnce() ? Entry.Type.GRANT : Entry.Type.SUBSCRIPTION,
                            plan.includedCredits(),
                            "plan:" + plan.slug(),
                            NewGrant.WITH_THE_PLAN,
                            ends,
                            "Included in " + plan.name()));
        }
    }

    /** The database allows one for each month of a subscription. */
    private void note(Subscription subscription, Instant begins, Instant ends, boolean isGranted) {
        if (subscription.plan().includedCredits() == 0) {
            return;
        }
        transactions.run(
                sql ->
                        sql.statement(
                                        """
                                        INSERT INTO scheduled_grant (account_id, subscription_id,
                                            plan_version_id, due_at, ends_at, credits, granted_at)
                                        VALUES (:account_id, :subscription, :version, :begins,
                                            :ends, :credits, :granted)
                                        """)
                                .param("subscription", subscription.id())
                                .param("version", subscription.plan().versionId())
                                .param("begins", Columns.timestamp(begins))
                                .param("ends", Columns.timestamp(ends))
                                .param("credits", subscription.plan().includedCredits())
                                .param("granted", isGranted ? Columns.timestamp(clock.now()) : null)
                                .update());
    }
}
