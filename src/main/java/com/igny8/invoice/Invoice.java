package com.igny8.invoice;

import com.igny8.account.Party;
import com.igny8.kernel.Choice;
import com.igny8.kernel.Money;
import com.igny8.kernel.Problem;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/**
 * What an account owes, or owed. Once issued it is never changed, only settled; it is corrected by
 * credit notes.
 *
 * @param number {@code IGN-2026-000123}; a draft has none
 * @param subject what it is for, where that is no subscription
 * @param billedTo who the buyer was when it was issued
 * @param paid what came in for it and did not go back, so much of it as it needed
 * @param credited what credit notes took back
 * @param firstPaidAt when what it is for was delivered; its money may have been taken back since
 */
public record Invoice(
        UUID accountId,
        UUID id,
        @Nullable String number,
        Status status,
        Purpose purpose,
        @Nullable UUID subscriptionId,
        @Nullable String subject,
        Tax tax,
        Tax.Amounts amounts,
        Money paid,
        Money credited,
        Party billedTo,
        Party soldBy,
        List<InvoiceLine> lines,
        Instant createdAt,
        @Nullable Instant issuedAt,
        @Nullable Instant dueAt,
        @Nullable Instant paidAt,
        @Nullable Instant firstPaidAt) {
    public Invoice {
        lines = List.copyOf(lines);
    }

    /** How it stands with it. */
    public enum Status {
        DRAFT,
        OPEN,
        PAID,
        VOID,
        UNCOLLECTIBLE;

        /** As in the database and in JSON. */
        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** Whether money that comes in for it pays it. */
        boolean isPayable() {
            return switch (this) {
                case OPEN, UNCOLLECTIBLE -> true;
                case DRAFT, PAID, VOID -> false;
            };
        }

        static Status of(String key) {
            return valueOf(key.toUpperCase(Locale.ROOT));
        }

        /** What a list is to be narrowed to; null for nothing, 400 for what is no status. */
        public static @Nullable Status filter(@Nullable String key) {
            return Choice.of("status", key, values(), Status::key).orElse(null);
        }
    }

    /** What its payment brings about. */
    public enum Purpose {
        SUBSCRIPTION_START,
        SUBSCRIPTION_RENEWAL,
        PLAN_CHANGE,
        CREDIT_PACK,
        MANUAL;

        /** As in the database and in JSON. */
        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Purpose of(String key) {
            return valueOf(key.toUpperCase(Locale.ROOT));
        }
    }

    public String currency() {
        return amounts.total().currency();
    }

    public Money total() {
        return amounts.total();
    }

    /** Whether it was paid, and is to be paid again because the money was taken back. */
    public boolean isReopened() {
        return status.isPayable() && firstPaidAt != null;
    }

    /** What is still to be paid. */
    public Money due() {
        return status.isPayable() ? total().minus(paid).minus(credited) : Money.zero(currency());
    }

    /** This invoice, where something is due on it; 409 otherwise. */
    public Invoice requireDue() {
        if (!due().isPositive()) {
            throw notOpen();
        }
        return this;
    }

    Problem notOpen() {
        return Problem.conflict(
                "invoice_not_open", "This invoice is %s, not open".formatted(status.key()));
    }
}
