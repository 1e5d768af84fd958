package com.igny8.credit;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/**
 * Credits to come in together.
 *
 * @param type the entry they make: {@code GRANT, SUBSCRIPTION, PURCHASE} or {@code REFUND}
 * @param priority the lowest is consumed first
 * @param expiresAt null where they never do
 * @param rollsOverUntil until when what is left at that moment goes on, once; null where it ends
 */
public record NewGrant(
        Entry.Type type,
        long amount,
        String source,
        int priority,
        @Nullable Instant expiresAt,
        @Nullable Instant rollsOverUntil,
        String description) {

    /** Of credits that come with a trial or a plan, and go with it. */
    public static final int WITH_THE_PLAN = 10;

    /** Of credits that an operator gives: they do not end, so they are used after those that do. */
    public static final int BY_HAND = 20;

    public NewGrant {
        if (amount <= 0) {
            throw new IllegalArgumentException("A grant of " + amount);
        }
        if (rollsOverUntil != null && (expiresAt == null || !rollsOverUntil.isAfter(expiresAt))) {
            throw new IllegalArgumentException(
                    "A grant that ends " + expiresAt + " rolls over until " + rollsOverUntil);
        }
        switch (type) {
            case GRANT, SUBSCRIPTION, PURCHASE, REFUND -> {}
            case DEDUCTION, ADJUSTMENT, EXPIRY ->
                    throw new IllegalArgumentException("A grant by " + type);
        }
    }

    public NewGrant(
            Entry.Type type,
            long amount,
            String source,
            int priority,
            @Nullable Instant expiresAt,
            String description) {
        this(type, amount, source, priority, expiresAt, null, description);
    }
}
