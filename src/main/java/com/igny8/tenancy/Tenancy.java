package com.igny8.tenancy;

import java.util.Optional;
import java.util.UUID;

/** The caller bound to what is running now. There is no setter: a binding ends with its scope. */
public final class Tenancy {
    private static final ScopedValue<Caller> CALLER = ScopedValue.newInstance();

    private Tenancy() {}

    /** Runs the work on the caller's account. */
    public static <T, X extends Throwable> T as(
            Caller caller, ScopedValue.CallableOp<? extends T, X> work) throws X {
        return ScopedValue.where(CALLER, caller).call(work);
    }

    /** The caller; it is a fault of the program to ask where none is bound. */
    public static Caller caller() {
        return CALLER.orElseThrow(() -> new IllegalStateException("No account is bound"));
    }

    public static Optional<Caller> callerIfBound() {
        return CALLER.isBound() ? Optional.of(CALLER.get()) : Optional.empty();
    }

    public static UUID accountId() {
        return caller().accountId();
    }
}
