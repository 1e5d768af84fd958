package com.igny8.billing;

import com.igny8.http.Answer;
import com.igny8.tenancy.Role;
import com.igny8.tenancy.Tenancy;
import com.igny8.tenancy.Ungated;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

import java.time.Instant;
import java.util.UUID;

/** The account's subscription. */
@Tag(name = "Billing")
@RestController
@RequestMapping("/api/v1/billing/subscription")
@Ungated(Ungated.To.OWNER_OF_SUSPENDED)
class SubscriptionApi {
    private final Subscriptions subscriptions;

    SubscriptionApi(Subscriptions subscriptions) {
        this.subscriptions = subscriptions;
    }

    record PlanName(String slug, String name) {}

    record SubscriptionView(
            UUID id,
            PlanName plan,
            String status,
            Instant currentPeriodStart,
            Instant currentPeriodEnd,
            boolean cancelAtPeriodEnd) {}

    @Operation(summary = "Subscription")
    @GetMapping("/")
    Answer<SubscriptionView> current() {
        Tenancy.caller().require(Role.ADMIN);
        Subscription subscription = subscriptions.current();
        return Answer.of(
                new SubscriptionView(
                        subscription.id(),
                        new PlanName(subscription.plan().slug(), subscription.plan().name()),
                        subscription.status().key(),
                        subscription.currentPeriodStart(),
                        subscription.currentPeriodEnd(),
                        subscription.cancelAtPeriodEnd()));
    }
}
