package com.igny8.payment;

import com.igny8.kernel.Choice;
import com.igny8.kernel.Problem;

import java.util.Locale;

/** A way to pay that a customer can choose. */
public enum PaymentType {
    STRIPE("Card"),
    PAYPAL("PayPal"),
    BANK_TRANSFER("Bank transfer");

    private final String title;

    PaymentType(String title) {
        this.title = title;
    }

    /** For people. */
    public String title() {
        return title;
    }

    /** As in the database and in JSON. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    static PaymentType of(String key) {
        return valueOf(key.toUpperCase(Locale.ROOT));
    }

    /** What somebody asked for by its key; 400 on {@code payment_method} where it is none. */
    public static PaymentType require(String key) {
        return Choice.of("payment_method", key, values(), PaymentType::key)
                .orElseThrow(() -> Problem.invalid("payment_method", "Say how you pay"));
    }
}
