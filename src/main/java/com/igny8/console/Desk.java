package com.igny8.console;

import com.igny8.identity.SignedIn;
import com.igny8.tenancy.Caller;
import com.igny8.tenancy.Role;
import com.igny8.tenancy.Tenancy;

import java.util.UUID;
import java.util.function.Supplier;

/**
 * From where operators act on a customer's account: in its owner's place, under their own name.
 * What they do to no customer's is bound to the operator's own account already.
 */
final class Desk {
    private Desk() {}

    static <T> T on(UUID accountId, Supplier<T> work) {
        return on(accountId, SignedIn.operator().via(), work);
    }

    /** As above, written down as something that belongs to a look as its owner. */
    static void onLook(UUID accountId, Runnable work) {
        on(
                accountId,
                Caller.Via.IMPERSONATION,
                () -> {
                    work.run();
                    return true;
                });
    }

    private static <T> T on(UUID accountId, Caller.Via via, Supplier<T> work) {
        Caller caller = new Caller(accountId, SignedIn.operator().user().id(), Role.OWNER, via);
        return Tenancy.as(caller, work::get);
    }
}
