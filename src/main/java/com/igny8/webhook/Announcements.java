package com.igny8.webhook;

import com.igny8.account.Account;
import com.igny8.account.AccountStatusChanged;
import com.igny8.billing.SubscriptionChanged;
import com.igny8.billing.SubscriptionView;
import com.igny8.credit.CreditsLow;
import com.igny8.invoice.CreditNoteIssued;
import com.igny8.invoice.CreditNoteView;
import com.igny8.invoice.InvoiceIssued;
import com.igny8.invoice.InvoicePaid;
import com.igny8.invoice.InvoiceView;
import com.igny8.jobs.JobFinished;
import com.igny8.jobs.JobView;
import com.igny8.payment.Outcome;
import com.igny8.payment.Payment;
import com.igny8.payment.PaymentDisputed;
import com.igny8.payment.PaymentRefunded;
import com.igny8.payment.PaymentSettled;
import com.igny8.payment.PaymentView;
import com.igny8.tenancy.AccountSql;
import com.igny8.tenancy.Caller;
import com.igny8.tenancy.Columns;
import com.igny8.tenancy.Tenancy;
import com.igny8.tenancy.TenantTransactions;
import com.igny8.tenancy.Texts;

import org.springframework.context.event.EventListener;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

import tools.jackson.databind.json.JsonMapper;

import java.time.Clock;
import java.util.List;
import java.util.UUID;

/**
 * Writes down what others are to be told of, in the transaction in which it happens: it is told if,
 * and only if, that is kept. Listens before others do, whom the same may lead to do more.
 */
@Component
class Announcements {
    private static final int FIRST = Ordered.HIGHEST_PRECEDENCE;

    private final TenantTransactions transactions;
    private final JsonMapper json;
    private final Clock clock;

    Announcements(TenantTransactions transactions, JsonMapper json, Clock clock) {
        this.transactions = transactions;
        this.json = json;
        this.clock = clock;
    }

    @Order(FIRST)
    @EventListener
    void on(InvoiceIssued issued) {
        tell(
                issued.invoice().accountId(),
                EventType.INVOICE_ISSUED,
                InvoiceView.of(issued.invoice()));
    }

    @Order(FIRST)
    @EventListener
    void on(InvoicePaid paid) {
        tell(paid.invoice().accountId(), EventType.INVOICE_PAID, InvoiceView.of(paid.invoice()));
    }

    @Order(FIRST)
    @EventListener
    void on(CreditNoteIssued issued) {
        tell(
                issued.note().accountId(),
                EventType.CREDIT_NOTE_ISSUED,
                CreditNoteView.of(issued.note()));
    }

    @Order(FIRST)
    @EventListener
    void on(PaymentSettled settled) {
        switch (settled.outcome()) {
            case Outcome.Succeeded _ -> tell(EventType.PAYMENT_SUCCEEDED, settled.payment());
            case Outcome.Failed _ -> tell(EventType.PAYMENT_FAILED, settled.payment());
            case Outcome.Pending _ -> {}
        }
    }

    @Order(FIRST)
    @EventListener
    void on(PaymentRefunded refunded) {
        tell(EventType.PAYMENT_REFUNDED, refunded.payment());
    }

    private void tell(EventType type, Payment payment) {
        tell(payment.accountId(), type, PaymentView.of(payment));
    }

    @Order(FIRST)
    @EventListener
    void on(PaymentDisputed disputed) {
        tell(
                disputed.payment().accountId(),
                EventType.PAYMENT_DISPUTED,
                new DisputeData(disputed.status().key(), PaymentView.of(disputed.payment())));
    }

    @Order(FIRST)
    @EventListener
    void on(SubscriptionChanged changed) {
        tell(
                changed.accountId(),
                EventType.SUBSCRIPTION_CHANGED,
                new SubscriptionData(
                        changed.kind().key(), SubscriptionView.of(changed.subscription())));
    }

    @Order(FIRST)
    @EventListener
    void on(AccountStatusChanged changed) {
        Account account = changed.account();
        tell(
                account.id(),
                EventType.ACCOUNT_STATUS_CHANGED,
                new AccountData(
                        account.id(),
                        account.name(),
                        account.slug(),
                        account.status().key(),
                        changed.before().key()));
    }

    @Order(FIRST)
    @EventListener
    void on(CreditsLow low) {
        tell(low.accountId(), EventType.CREDITS_LOW, new CreditsData(low.balance(), low.below()));
    }

    @Order(FIRST)
    @EventListener
    void on(JobFinished finished) {
        tell(finished.job().accountId(), EventType.JOB_FINISHED, JobView.of(finished.job()));
    }

    private record DisputeData(String dispute, PaymentView payment) {}

    private record SubscriptionData(String change, SubscriptionView subscription) {}

    private record AccountData(
            UUID id, String name, String slug, String status, String previousStatus) {}

    private record CreditsData(long balance, long alertBelow) {}

    private record Told(EventType type, String data) {}

    private void tell(UUID accountId, EventType type, Object data) {
        Told told = new Told(type, json.writeValueAsString(data));
        Tenancy.as(
                Caller.system(accountId),
                () -> {
                    transactions.run(sql -> sql.gather(Told.class, told, all -> write(sql, all)));
                    return true;
                });
    }

    /**
     * One statement for all that happens in a transaction: billing waits for it. A test account's
     * events happen in its own time.
     */
    private void write(AccountSql sql, List<Told> all) {
        sql.statement(
                        """
                        INSERT INTO webhook_event (concerned_account_id, type, data, happened_at,
                            recorded_at)
                        SELECT :account_id, type, data, coalesce((SELECT now_at FROM test_clock
                                   WHERE account_id = :account_id), :now), :now
                          FROM unnest(:types::text[], :data::text[]) AS told (type, data)
                        """)
                .param("types", Texts.of(all, told -> told.type().key()))
                .param("data", Texts.of(all, Told::data))
                .param("now", Columns.timestamp(clock.instant()))
                .update();
    }
}
