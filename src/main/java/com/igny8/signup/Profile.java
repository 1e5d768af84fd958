package com.igny8.signup;

import com.igny8.account.Account;
import com.igny8.account.Accounts;
import com.igny8.billing.SubscriptionView;
import com.igny8.billing.Subscriptions;
import com.igny8.catalog.Plan;
import com.igny8.credit.Ledger;
import com.igny8.identity.User;
import com.igny8.tenancy.Caller;
import com.igny8.tenancy.Tenancy;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import java.util.UUID;

/** What a client is told of who it is. */
@Component
class Profile {
    private final Accounts accounts;
    private final Subscriptions subscriptions;
    private final Ledger ledger;

    Profile(Accounts accounts, Subscriptions subscriptions, Ledger ledger) {
        this.accounts = accounts;
        this.subscriptions = subscriptions;
        this.ledger = ledger;
    }

    record AccountSummary(
            UUID id,
            String name,
            String slug,
            String status,
            long credits,
            SubscriptionView.@Nullable PlanName plan) {}

    record UserView(
            UUID id,
            String email,
            String firstName,
            String lastName,
            @Nullable String role,
            boolean emailVerified,
            @Nullable AccountSummary account) {}

    /**
     * @param caller the user in the account they act on; null for those without one
     */
    UserView of(User user, @Nullable Caller caller) {
        return new UserView(
                user.id(),
                user.email(),
                user.firstName(),
                user.lastName(),
                caller == null ? (user.isOperator() ? "developer" : null) : caller.role().key(),
                user.emailVerified(),
                caller == null ? null : Tenancy.as(caller, this::account));
    }

    private AccountSummary account() {
        Account account = accounts.current();
        Plan plan = subscriptions.currentPlanIfAny().orElse(null);
        return new AccountSummary(
                account.id(),
                account.name(),
                account.slug(),
                account.status().key(),
                ledger.balance().available(),
                plan == null ? null : SubscriptionView.PlanName.of(plan));
    }
}
