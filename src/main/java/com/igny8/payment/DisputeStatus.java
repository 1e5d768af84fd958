package com.igny8.payment;

import java.util.Locale;

/** How it stands that a customer, or their bank, wants a payment back; once decided it stays so. */
public enum DisputeStatus {
    OPEN,
    WON,
    LOST;

    /** As in the database and in JSON. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    static DisputeStatus of(String key) {
        return valueOf(key.toUpperCase(Locale.ROOT));
    }
}
