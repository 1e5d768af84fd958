package com.igny8.webhook;

import com.igny8.kernel.Problem;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.List;

/** What can happen that an endpoint is told of. */
enum EventType {
    INVOICE_ISSUED("invoice.issued", "An invoice is issued, and open"),
    INVOICE_PAID("invoice.paid", "Nothing is due on an invoice any more"),
    CREDIT_NOTE_ISSUED("credit_note.issued", "An invoice is taken back, or a part of it"),
    PAYMENT_SUCCEEDED("payment.succeeded", "Money came in"),
    PAYMENT_FAILED("payment.failed", "A payment came to nothing; no money moved"),
    PAYMENT_REFUNDED("payment.refunded", "A payment went back, or a part of it"),
    PAYMENT_DISPUTED("payment.disputed", "A payment is wanted back, or that was decided"),
    SUBSCRIPTION_CHANGED("subscription.changed", "Plan, period or state of the subscription"),
    ACCOUNT_STATUS_CHANGED("account.status_changed", "The account is opened, suspended or closed"),
    CREDITS_LOW("credits.low", "The balance went below what the account asked to be told of"),
    JOB_FINISHED("job.finished", "A job succeeded, failed or was cancelled"),
    /** Somebody wants to see whether it arrives. */
    PING("ping", "A test, sent when you ask for it");

    private final String key;
    private final String meaning;

    EventType(String key, String meaning) {
        this.key = key;
        this.meaning = meaning;
    }

    /** Those that happen by themselves, which an endpoint may ask for. */
    static List<EventType> choices() {
        return Arrays.stream(values()).filter(type -> type != PING).toList();
    }

    /** Those that somebody chose, in their order; 400 where one is none. */
    static List<EventType> chosen(List<String> keys) {
        return keys.stream().map(EventType::choice).distinct().sorted().toList();
    }

    private static EventType choice(@Nullable String key) {
        return choices().stream()
                .filter(type -> type.key.equals(key))
                .findFirst()
                .orElseThrow(
                        () ->
                                Problem.invalid(
                                        "event_types",
                                        "There is no event called \"%s\"".formatted(key)));
    }

    static EventType of(String key) {
        return Arrays.stream(values())
                .filter(type -> type.key.equals(key))
                .findFirst()
                .orElseThrow();
    }

    /** As in the database and in JSON. */
    public String key() {
        return key;
    }

    /** For people. */
    public String meaning() {
        return meaning;
    }
}
