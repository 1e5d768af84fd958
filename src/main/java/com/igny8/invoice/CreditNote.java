package com.igny8.invoice;

import com.igny8.account.Party;
import com.igny8.kernel.Money;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/**
 * Takes back an issued invoice, or a part of it; never changed.
 *
 * @param number {@code IGN-CN-2026-000001}
 * @param offDue what it took off what was still to be paid
 * @param toBalance what the customer keeps with us
 * @param toRefund what goes back to the customer
 */
public record CreditNote(
        UUID accountId,
        UUID id,
        UUID invoiceId,
        String invoiceNumber,
        String number,
        Tax tax,
        Tax.Amounts amounts,
        Money offDue,
        Money toBalance,
        Money toRefund,
        String reason,
        Party billedTo,
        Party soldBy,
        Instant issuedAt) {

    /** Where the part goes that was paid already. */
    public enum Excess {
        BALANCE,
        REFUND;

        /** As in JSON; nothing where it is neither. */
        public static Optional<Excess> find(@Nullable String key) {
            return Arrays.stream(values())
                    .filter(each -> each.key().equals(key))
                    .findFirst();
        }

        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public Money total() {
        return amounts.total();
    }
}
