package com.igny8.billing;

import com.igny8.tenancy.Columns;
import com.igny8.tenancy.TenantTransactions;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Tells what is to be done next for a subscription, and when. */
@Component
@EnableConfigurationProperties(BillingSettings.class)
class Agenda {
    private final TenantTransactions transactions;
    private final BillingSettings settings;

    Agenda(TenantTransactions transactions, BillingSettings settings) {
        this.transactions = transactions;
        this.settings = settings;
    }

    /**
     * What of the account counts beside the subscription.
     *
     * @param nextGrant when the next month begins that is paid for
     * @param isCharged whether there is something to charge without the customer
     * @param isBilled whether an invoice for the next period waits to be paid
     */
    record Facts(@Nullable Instant nextGrant, boolean isCharged, boolean isBilled) {}

    Optional<Due> next(Subscription subscription) {
        return next(subscription, facts(subscription), settings);
    }

    /** One query over several rooms' tables, on purpose: it is asked after every change. */
    private Facts facts(Subscription subscription) {
        return transactions.query(
                sql ->
                        sql.statement(
                                        """
                                        SELECT (SELECT min(due_at) FROM scheduled_grant
                                                 WHERE account_id = :account_id
                                                   AND subscription_id = :id
                                                   AND granted_at IS NULL
                                                   AND dropped_at IS NULL) AS next_grant,
                                               EXISTS (SELECT FROM payment_method
                                                 WHERE account_id = :account_id AND is_default
                                                   AND method_reference IS NOT NULL) AS is_charged,
                                               EXISTS (SELECT FROM invoice
                                                 WHERE account_id = :account_id
                                                   AND subscription_id = :id
                                                   AND purpose = 'subscription_renewal'
                                                   AND status = 'open') AS is_billed
                                        """)
                                .param("id", subscription.id())
                                .query(
                                        (row, number) ->
                                                new Facts(
                                                        Columns.instantOrNull(row, "next_grant"),
                                                        row.getBoolean("is_charged"),
                                                        row.getBoolean("is_billed")))
                                .single());
    }

    static Optional<Due> next(Subscription subscription, Facts facts, BillingSettings settings) {
        return dues(subscription, facts, settings).min(Due.ORDER);
    }

    private static Stream<Due> dues(Subscription it, Facts facts, BillingSettings settings) {
        return switch (it.status()) {
            case PENDING_PAYMENT, CANCELED -> Stream.empty();
            case TRIALING ->
                    Stream.concat(
                            it.cancelAtPeriodEnd()
                                    ? Stream.empty()
                                    : notices(it, settings.trialWarnings()),
                            Stream.of(new Due(it.currentPeriodEnd(), Due.Kind.PERIOD_END)));
            case ACTIVE ->
                    Stream.concat(
                            Stream.concat(
                                    ifAny(facts.nextGrant(), Due.Kind.GRANT),
                                    beforeRenewal(it, facts, settings)),
                            Stream.of(new Due(it.currentPeriodEnd(), Due.Kind.PERIOD_END)));
            case PAST_DUE -> ifAny(it.dunning().nextAttemptAt(), Due.Kind.ATTEMPT);
        };
    }

    private static Stream<Due> ifAny(@Nullable Instant at, Due.Kind kind) {
        return at == null ? Stream.empty() : Stream.of(new Due(at, kind));
    }

    /** A plan that changes at the end is billed then, when it is known that it can. */
    private static Stream<Due> beforeRenewal(
            Subscription it, Facts facts, BillingSettings settings) {
        if (it.plan().isFree() || it.cancelAtPeriodEnd()) {
            return Stream.empty();
        }
        Stream<Due> notice =
                it.interval() == BillingInterval.YEAR
                        ? notices(it, List.of(settings.renewalNotice()))
                        : Stream.empty();
        boolean isBilledAhead = !facts.isCharged() && !facts.isBilled() && it.next() == null;
        return isBilledAhead
                ? Stream.concat(
                        notice,
                        Stream.of(new Due(before(it, settings.invoiceAhead()), Due.Kind.INVOICE)))
                : notice;
    }

    /** Those not sent yet; one that would have been before the period began is not missed. */
    private static Stream<Due> notices(Subscription it, List<Integer> daysBefore) {
        return IntStream.range(it.noticesSent(), daysBefore.size())
                .mapToObj(index -> before(it, daysBefore.get(index)))
                .filter(at -> at.isAfter(it.currentPeriodStart()))
                .map(at -> new Due(at, Due.Kind.NOTICE));
    }

    private static Instant before(Subscription it, int days) {
        return it.currentPeriodEnd().minus(Duration.ofDays(days));
    }

    /** How many notices a subscription has had, or missed, by now. */
    int noticesBy(Subscription it, Instant now) {
        List<Integer> daysBefore =
                it.status() == Subscription.Status.TRIALING
                        ? settings.trialWarnings()
                        : List.of(settings.renewalNotice());
        return (int) daysBefore.stream().filter(days -> !before(it, days).isAfter(now)).count();
    }
}
