package com.igny8.payment;

import com.igny8.tenancy.Role;
import com.igny8.tenancy.Tenancy;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

import java.net.URI;
import java.util.Optional;
import java.util.UUID;

/** What the owner of the bound account does about how it pays, here and at the provider's. */
@Component
class PaymentChoices {
    private static final Logger LOG = LoggerFactory.getLogger(PaymentChoices.class);

    private final PaymentMethods methods;
    private final PaymentOptions options;
    private final Checkouts checkouts;

    PaymentChoices(PaymentMethods methods, PaymentOptions options, Checkouts checkouts) {
        this.methods = methods;
        this.options = options;
        this.checkouts = checkouts;
    }

    /** The page on which a card or an account is left; nothing where there is none to leave. */
    Optional<URI> add(PaymentType type) {
        Tenancy.caller().require(Role.OWNER);
        options.require(type);
        return switch (type) {
            case STRIPE, PAYPAL -> Optional.of(checkouts.keep(type));
            case BANK_TRANSFER -> {
                methods.chooseAgain(type);
                yield Optional.empty();
            }
        };
    }

    /** Ours is gone, whether or not the provider hears of it: nobody charges it any more. */
    void remove(UUID id) {
        PaymentMethod removed = methods.remove(id);
        String reference = removed.methodReference();
        if (reference == null) {
            return;
        }
        try {
            options.provider(removed.type()).forget(reference);
        } catch (ProviderFailure failure) {
            LOG.warn("Payment method {} is still kept: {}", id, failure.getMessage());
        }
    }
}
