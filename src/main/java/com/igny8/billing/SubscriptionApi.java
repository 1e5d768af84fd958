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

    @Operation(summary = "Subscription")
    @GetMapping("/")
    Answer<SubscriptionView> current() {
        Tenancy.caller().require(Role.ADMIN);
        return Answer.of(SubscriptionView.of(subscriptions.current()));
    }
}
