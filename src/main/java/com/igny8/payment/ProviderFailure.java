package com.igny8.payment;

import com.igny8.kernel.Problem;

/** A provider did not do what it was asked, and not because of the customer. */
final class ProviderFailure extends RuntimeException {
    private final PaymentType type;
    private final boolean isUnknown;

    private ProviderFailure(PaymentType type, boolean isUnknown, String what) {
        super(type.key() + ": " + what);
        this.type = type;
        this.isUnknown = isUnknown;
    }

    /** It did not answer, so that nobody knows whether it did it: to be asked again. */
    static ProviderFailure unreachable(PaymentType type, String what) {
        return new ProviderFailure(type, true, what);
    }

    /** It understood and refuses, because of us: keys, settings, or what we sent. */
    static ProviderFailure refused(PaymentType type, String what) {
        return new ProviderFailure(type, false, what);
    }

    boolean isUnknown() {
        return isUnknown;
    }

    /** For whoever waits for an answer. */
    Problem problem() {
        return isUnknown
                ? Problem.of(
                        503,
                        "provider_unavailable",
                        type.title() + ": the provider does not answer. Try again in a minute")
                : Problem.of(
                        502,
                        "provider_refused",
                        type.title() + ": the provider refuses. Tell us, or pay in another way");
    }
}
