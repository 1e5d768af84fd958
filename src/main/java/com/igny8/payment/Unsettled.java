package com.igny8.payment;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import com.igny8.kernel.Problem;
import com.igny8.tenancy.Caller;
import com.igny8.tenancy.Columns;
import com.igny8.tenancy.PlatformTransactions;
import com.igny8.tenancy.Tenancy;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.stereotype.Component;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/**
 * Looks after payments and refunds that wait: a process may have died before its provider answered,
 * an answer may have been lost, an event may never have come. Less often the longer they wait.
 */
@Component
class Unsettled {
    private static final Logger LOG = LoggerFactory.getLogger(Unsettled.class);
    private static final int BATCH = 50;

    /** Providers close their pages after a day. */
    private static final Duration LONGEST_CHECKOUT = Duration.ofHours(26);

    private final PlatformTransactions platform;
    private final PaymentOptions options;
    private final Charges charges;
    private final Refunds refunds;
    private final Reckoning reckoning;

    Unsettled(
            PlatformTransactions platform,
            PaymentOptions options,
            Charges charges,
            Refunds refunds,
            Reckoning reckoning) {
        this.platform = platform;
        this.options = options;
        this.charges = charges;
        this.refunds = refunds;
        this.reckoning = reckoning;
    }

    /**
     * A payment that waits.
     *
     * @param age in real time, as providers count it
     */
    private record Waiting(
            Payment payment, boolean isCharge, @Nullable String checkout, Duration age) {
        PaymentType type() {
            return PaymentType.of(payment.provider());
        }
    }

    void lookAfterPayments() {
        for (Waiting waiting : takePayments()) {
            try {
                look(waiting);
            } catch (ProviderFailure | Problem failure) {
                LOG.warn("Payment {} waits: {}", waiting.payment().id(), failure.getMessage());
            }
        }
    }

    private List<Waiting> takePayments() {
        return platform.write(
                jdbc ->
                        jdbc.sql(
                                        """
                                        UPDATE payment SET next_look_at = now() + greatest(
                                                   interval '2 minutes', now() - begun_at)
                                         WHERE (account_id, id) IN (
                                                SELECT account_id, id FROM payment
                                                 WHERE status = 'pending' AND next_look_at <= now()
                                                 ORDER BY next_look_at LIMIT :most
                                                   FOR UPDATE SKIP LOCKED)
                                        RETURNING *, extract(epoch FROM now() - begun_at)::bigint
                                                  AS seconds
                                        """)
                                .param("most", BATCH)
                                .query(Unsettled::waiting)
                                .list());
    }

    private static Waiting waiting(ResultSet row, int number) throws SQLException {
        return new Waiting(
                Payments.payment(row, number),
                row.getString("attempt") != null,
                row.getString("checkout_reference"),
                Duration.ofSeconds(row.getLong("seconds")));
    }

    private void look(Waiting waiting) {
        PaymentProvider provider = options.provider(waiting.type());
        String reference = waiting.payment().reference();
        if (reference != null) {
            reckon(waiting, provider.present(reference));
        } else if (waiting.isCharge()) {
            charge(waiting, provider);
        } else {
            checkout(waiting, provider);
        }
    }

    /** Sent again under its id it is charged once; but for so long alone. */
    private void charge(Waiting waiting, PaymentProvider provider) {
        if (waiting.age().compareTo(provider.remembersCharges()) < 0) {
            charges.resolve(waiting.payment().accountId(), waiting.payment().id());
        } else {
            LOG.error("Nobody knows what became of payment {}", waiting.payment().id());
            fail(
                    waiting,
                    new Outcome.Failed(
                            "outcome_unknown", "The provider never told what became of it", false));
        }
    }

    private void checkout(Waiting waiting, PaymentProvider provider) {
        if (waiting.checkout() != null) {
            reckon(waiting, provider.finish(waiting.checkout()));
        }
        if (waiting.age().compareTo(LONGEST_CHECKOUT) > 0) {
            fail(
                    waiting,
                    new Outcome.Failed("checkout_expired", "The page to pay on was left", false));
        }
    }

    private void reckon(Waiting waiting, List<Finding> findings) {
        findings.forEach(finding -> reckoning.reckon(waiting.type(), finding));
    }

    private void fail(Waiting waiting, Outcome.Failed failed) {
        Payment payment = waiting.payment();
        reckoning.payment(
                waiting.type(),
                ProviderPayment.of(
                        payment.accountId(), payment.id(), null, payment.amount(), failed));
    }

    /** A refund that waits. */
    private record WaitingRefund(UUID accountId, UUID id, Payment payment, boolean isNamed) {}

    void lookAfterRefunds() {
        for (WaitingRefund waiting : takeRefunds()) {
            try {
                look(waiting);
            } catch (ProviderFailure | Problem failure) {
                LOG.warn("Refund {} waits: {}", waiting.id(), failure.getMessage());
            }
        }
    }

    private List<WaitingRefund> takeRefunds() {
        return platform.write(
                jdbc ->
                        jdbc.sql(
                                        """
                                        UPDATE refund SET next_look_at = now() + greatest(
                                                   interval '2 minutes', now() - refund.begun_at)
                                          FROM payment
                                         WHERE payment.account_id = refund.account_id
                                           AND payment.id = payment_id
                                           AND (refund.account_id, refund.id) IN (
                                                SELECT account_id, id FROM refund
                                                 WHERE status = 'pending' AND next_look_at <= now()
                                                 ORDER BY next_look_at LIMIT :most
                                                   FOR UPDATE SKIP LOCKED)
                                        RETURNING payment.*, refund.id AS refund_id,
                                               refund.provider_reference IS NOT NULL AS is_named
                                        """)
                                .param("most", BATCH)
                                .query(
                                        (row, number) ->
                                                new WaitingRefund(
                                                        Columns.uuid(row, "account_id"),
                                                        Columns.uuid(row, "refund_id"),
                                                        Payments.payment(row, number),
                                                        row.getBoolean("is_named")))
                                .list());
    }

    private void look(WaitingRefund waiting) {
        Payment payment = waiting.payment();
        String reference = payment.reference();
        PaymentType type = PaymentType.of(payment.provider());
        if (waiting.isNamed() && reference != null) {
            options.provider(type)
                    .present(reference)
                    .forEach(finding -> reckoning.reckon(type, finding));
            return;
        }
        Tenancy.as(
                Caller.system(waiting.accountId()),
                () -> {
                    refunds.ask(waiting.id());
                    return true;
                });
    }

    @Bean
    static RecurringTask<Void> paymentResolution(Unsettled unsettled) {
        return Tasks.recurring("payment-resolution", FixedDelay.ofSeconds(30))
                .execute(
                        (instance, context) -> {
                            unsettled.lookAfterPayments();
                            unsettled.lookAfterRefunds();
                        });
    }
}
