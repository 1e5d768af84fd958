package com.igny8.payment;

import com.igny8.kernel.Problem;

import java.util.Arrays;
import java.util.Locale;

/** A way to pay that a customer can choose. */
public enum PaymentType {
    STRIPE,
    PAYPAL,
    BANK_TRANSFER;

    /** As in the database and in JSON. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    static PaymentType of(String key) {
        return valueOf(key.toUpperCase(Locale.ROOT));
    }

    /** What somebody asked for by its key; 400 on {@code payment_method} where it is none. */
    public static PaymentType require(String key) {
        return Arrays.stream(values())
                .filter(type -> type.key().equals(key))
                .findFirst()
                .orElseThrow(
                        () ->
                                Problem.invalid(
                                        "payment_method",
                                        "Must be one of stripe, paypal and bank_transfer"));
    }
}
