package com.igny8.billing;

import com.igny8.catalog.Plan;

import io.swagger.v3.oas.annotations.media.Schema;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.UUID;

/**
 * A subscription, for programs.
 *
 * @param nextPlan what it changes to at the period's end; null where it stays as it is
 */
public record SubscriptionView(
        UUID id,
        PlanName plan,
        @Schema(example = "active") String status,
        @Schema(example = "month") String billingInterval,
        Instant currentPeriodStart,
        Instant currentPeriodEnd,
        boolean cancelAtPeriodEnd,
        @Nullable PlanName nextPlan,
        @Nullable Instant nextAttemptAt) {

    /** A plan, by its names. */
    public record PlanName(String slug, String name) {
        public static PlanName of(Plan plan) {
            return new PlanName(plan.slug(), plan.name());
        }
    }

    public static SubscriptionView of(Subscription subscription) {
        Subscription.Next next = subscription.next();
        return new SubscriptionView(
                subscription.id(),
                PlanName.of(subscription.plan()),
                subscription.status().key(),
                subscription.interval().key(),
                subscription.currentPeriodStart(),
                subscription.currentPeriodEnd(),
                subscription.cancelAtPeriodEnd(),
                next == null ? null : PlanName.of(next.plan()),
                subscription.dunning().nextAttemptAt());
    }
}
