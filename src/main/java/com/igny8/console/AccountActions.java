package com.igny8.console;

import com.igny8.account.Account;
import com.igny8.account.AccountSuspended;
import com.igny8.account.Accounts;
import com.igny8.account.SeatHolder;
import com.igny8.billing.Reinstatement;
import com.igny8.billing.Subscriptions;
import com.igny8.billing.TestClocks;
import com.igny8.catalog.Plan;
import com.igny8.credit.Balance;
import com.igny8.credit.Entry;
import com.igny8.credit.Ledger;
import com.igny8.credit.Statements;
import com.igny8.identity.SignedIn;
import com.igny8.identity.WebSessions;
import com.igny8.kernel.Problem;
import com.igny8.tenancy.AuditLog;
import com.igny8.tenancy.Idempotency;
import com.igny8.tenancy.IdempotencyKey;
import com.igny8.tenancy.PlatformTransactions;

import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What operators do to a customer's account: written down there, with who did it and why. */
@Component
class AccountActions {
    private final PlatformTransactions platform;
    private final Accounts accounts;
    private final Subscriptions subscriptions;
    private final Reinstatement reinstatement;
    private final TestClocks testClocks;
    private final Ledger ledger;
    private final Statements statements;
    private final WebSessions sessions;
    private final AuditLog auditLog;
    private final Idempotency idempotency;
    private final ApplicationEventPublisher events;

    AccountActions(
            PlatformTransactions platform,
            Accounts accounts,
            Subscriptions subscriptions,
            Reinstatement reinstatement,
            TestClocks testClocks,
            Ledger ledger,
            Statements statements,
            WebSessions sessions,
            AuditLog auditLog,
            Idempotency idempotency,
            ApplicationEventPublisher events) {
        this.platform = platform;
        this.accounts = accounts;
        this.subscriptions = subscriptions;
        this.reinstatement = reinstatement;
        this.testClocks = testClocks;
        this.ledger = ledger;
        this.statements = statements;
        this.sessions = sessions;
        this.auditLog = auditLog;
        this.idempotency = idempotency;
        this.events = events;
    }

    /** An account as the operator sees it. */
    record Facts(
            Account account,
            @Nullable Plan plan,
            Balance balance,
            List<SeatHolder> seats,
            @Nullable Instant testTime) {}

    /** For a look, which the customer sees in their log. */
    Facts open(UUID accountId) {
        Facts facts = facts(accountId);
        Desk.on(
                accountId,
                () -> {
                    auditLog.recordLook("account.read", "account:" + accountId);
                    return true;
                });
        return facts;
    }

    Facts facts(UUID accountId) {
        Account account = accounts.customer(accountId);
        return Desk.on(
                accountId,
                () ->
                        new Facts(
                                account,
                                subscriptions.currentPlanIfAny().orElse(null),
                                ledger.balance(),
                                accounts.seats(accountId),
                                testClocks.time().orElse(null)));
    }

    /** Lets the account live in a time of its own; for good. */
    Instant giveClock(UUID accountId) {
        return Desk.on(accounts.customer(accountId).id(), testClocks::give);
    }

    /** Advances the account's own time, and does all that falls due on the way. */
    Instant advanceClock(UUID accountId, int months, int days) {
        return Desk.on(accounts.customer(accountId).id(), () -> testClocks.advance(months, days));
    }

    /** Some of what came and went, newest first; null to begin at the newest. */
    List<Entry> statement(UUID accountId, @Nullable Long beforeId, int most) {
        return Desk.on(accounts.customer(accountId).id(), () -> statements.entries(beforeId, most));
    }

    /** Shuts the account to all who use it, at once, and tells its contact. */
    void suspend(UUID accountId, Reason reason) {
        Account account = accounts.customer(accountId);
        platform.run(
                jdbc ->
                        events.publishEvent(
                                new AccountSuspended(
                                        Desk.on(accountId, () -> suspended(account, reason)),
                                        reason.text())));
    }

    private Account suspended(Account before, Reason reason) {
        Account after = accounts.suspend(reason.text());
        record("account.suspended", before, Map.of("reason", reason.text(), "was", was(before)));
        return after;
    }

    /** Opens a suspended account again. */
    void reinstate(UUID accountId) {
        Account account = accounts.customer(accountId);
        Desk.on(
                accountId,
                () -> {
                    Account after = accounts.reinstate();
                    reinstatement.goOn();
                    record("account.reinstated", account, Map.of("was", was(account)));
                    return after;
                });
    }

    private static String was(Account account) {
        return account.status().key();
    }

    /** Gives credits, or takes some that are available; once for each idempotency key. */
    Balance adjustCredits(UUID accountId, long amount, Reason reason, IdempotencyKey key) {
        Account account = accounts.customer(accountId);
        return Desk.on(
                accountId,
                () ->
                        idempotency.once(
                                key, Balance.class, () -> adjusted(account, amount, reason)));
    }

    private Balance adjusted(Account account, long amount, Reason reason) {
        Entry entry = ledger.adjust(amount, "console", reason.text());
        record(
                "credits.adjusted",
                account,
                Map.of("reason", reason.text(), "amount", amount, "entry", entry.id()));
        return ledger.balance();
    }

    /** Gives back what a deduction took, or a part of it; once for each idempotency key. */
    Balance refundCredits(UUID accountId, Refund refund, IdempotencyKey key) {
        Account account = accounts.customer(accountId);
        return Desk.on(
                accountId,
                () -> idempotency.once(key, Balance.class, () -> refunded(account, refund)));
    }

    /**
     * What is to be given back.
     *
     * @param amount null for all of it
     */
    record Refund(long entryId, @Nullable Long amount, Reason reason) {}

    private Balance refunded(Account account, Refund refund) {
        Entry entry = ledger.refund(refund.entryId(), refund.amount(), refund.reason().text());
        record(
                "credits.refunded",
                account,
                Map.of(
                        "reason",
                        refund.reason().text(),
                        "refunded_entry",
                        refund.entryId(),
                        "amount",
                        entry.amount(),
                        "entry",
                        entry.id()));
        return ledger.balance();
    }

    /** Lets the operator's own browser look at the account as its owner does. */
    void impersonate(UUID accountId, Reason reason) {
        Account account = accounts.customer(accountId);
        SignedIn operator = SignedIn.operator();
        platform.run(
                jdbc -> {
                    sessions.impersonate(operator.sessionId(), accountId);
                    recordLook("impersonation.started", account, Map.of("reason", reason.text()));
                });
    }

    /** The operator's browser is their own again; tells which account it looked at. */
    UUID stopImpersonating() {
        SignedIn operator = SignedIn.operator();
        UUID accountId = operator.actingAccountId();
        if (!operator.isImpersonating() || accountId == null) {
            throw Problem.conflict("not_impersonating", "You are not looking at an account");
        }
        Account account = accounts.customer(accountId);
        platform.run(
                jdbc -> {
                    sessions.stopImpersonating(operator.sessionId());
                    recordLook("impersonation.stopped", account, Map.of());
                });
        return accountId;
    }

    private void recordLook(String action, Account account, Map<String, ?> details) {
        Desk.onLook(account.id(), () -> record(action, account, details));
    }

    private void record(String action, Account account, Map<String, ?> details) {
        auditLog.record(action, "account:" + account.id(), details);
    }
}
