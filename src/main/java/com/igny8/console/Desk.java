package com.igny8.console;

import com.igny8.account.Accounts;
import com.igny8.identity.SignedIn;
import com.igny8.kernel.Problem;
import com.igny8.tenancy.Caller;
import com.igny8.tenancy.Role;
import com.igny8.tenancy.Tenancy;

import org.springframework.stereotype.Component;

import java.util.UUID;
import java.util.function.Supplier;

/** Where an operator sits: what they do is bound to the account that it is written down on. */
@Component
class Desk {
    private final Accounts accounts;

    Desk(Accounts accounts) {
        this.accounts = accounts;
    }

    /** On a customer's account. */
    <T> T on(UUID accountId, Supplier<T> work) {
        SignedIn operator = operator();
        return Tenancy.as(
                new Caller(accountId, operator.user().id(), Role.OWNER, operator.via()), work::get);
    }

    /** On no customer's: it is written down on the operator's own account. */
    <T> T onOwn(Supplier<T> work) {
        return on(accounts.system(operator().user()).id(), work);
    }

    private static SignedIn operator() {
        return SignedIn.current()
                .filter(signedIn -> signedIn.user().isOperator())
                .orElseThrow(
                        () -> Problem.forbidden("operators_only", "This is for operators only"));
    }
}
