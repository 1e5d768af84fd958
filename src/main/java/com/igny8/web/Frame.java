package com.igny8.web;

import com.igny8.account.Account;
import com.igny8.account.AccountStatus;
import com.igny8.account.Accounts;
import com.igny8.account.Seats;
import com.igny8.billing.Subscriptions;
import com.igny8.catalog.Plan;
import com.igny8.credit.Balance;
import com.igny8.credit.Ledger;
import com.igny8.identity.SignedIn;
import com.igny8.identity.User;
import com.igny8.tenancy.Caller;
import com.igny8.tenancy.Role;
import com.igny8.tenancy.Tenancy;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import java.util.List;

/**
 * What the frame around every page shows. The layout asks for it when it is drawn, so that pages of
 * errors have it too, and parts of pages, which have no frame, do not pay for it.
 */
@Component("frame")
public class Frame {
    private final Accounts accounts;
    private final Subscriptions subscriptions;
    private final Ledger ledger;
    private final Seats seats;

    Frame(Accounts accounts, Subscriptions subscriptions, Ledger ledger, Seats seats) {
        this.accounts = accounts;
        this.subscriptions = subscriptions;
        this.ledger = ledger;
        this.seats = seats;
    }

    /** The account somebody acts on, and how it stands. */
    public record Seat(Account account, @Nullable Plan plan, Balance balance, Role role) {
        public boolean isAdmin() {
            return role.isAtLeast(Role.ADMIN);
        }

        /** Whether the gate lets its members in, as far as that is the account's doing. */
        public boolean isInUse() {
            return account.restoreUntil() == null
                    && switch (account.status()) {
                        case TRIAL, ACTIVE, PENDING_PAYMENT -> true;
                        case SUSPENDED, CANCELLED -> false;
                    };
        }

        /** Whether the pages of plan and credits are open: to the owner of a suspended one too. */
        public boolean seesBilling() {
            return isInUse() ? isAdmin() : isSuspended() && role == Role.OWNER;
        }

        private boolean isSuspended() {
            return account.restoreUntil() == null && account.status() == AccountStatus.SUSPENDED;
        }

        /** Whether this is a customer's account, and not the operator's own. */
        public boolean isCustomers() {
            return plan != null;
        }
    }

    /** Who looks at the page; null where nobody is signed in. */
    public @Nullable User user() {
        return SignedIn.current().map(SignedIn::user).orElse(null);
    }

    /** Whether an operator looks at the page as the owner of a customer's account. */
    public boolean isImpersonated() {
        return SignedIn.current().filter(SignedIn::isImpersonating).isPresent();
    }

    /** What they act on; null where nobody is signed in, or nowhere. */
    public @Nullable Seat seat() {
        return Tenancy.callerIfBound()
                .filter(Frame::isTheirPlace)
                .map(
                        caller ->
                                new Seat(
                                        accounts.current(),
                                        subscriptions.currentPlanIfAny().orElse(null),
                                        ledger.balance(),
                                        caller.role()))
                .orElse(null);
    }

    /** And not that of a customer whom an operator looks after in the console. */
    private static boolean isTheirPlace(Caller caller) {
        return SignedIn.current()
                .filter(signedIn -> caller.accountId().equals(signedIn.actingAccountId()))
                .isPresent();
    }

    /** What they could act on instead. */
    public List<com.igny8.account.Seat> otherSeats() {
        return SignedIn.current()
                .map(
                        signedIn ->
                                seats.of(signedIn.user().id()).stream()
                                        .filter(
                                                seat ->
                                                        !seat.accountId()
                                                                .equals(signedIn.actingAccountId()))
                                        .toList())
                .orElse(List.of());
    }
}
