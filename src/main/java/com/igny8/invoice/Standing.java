package com.igny8.invoice;

import java.time.Duration;
import java.time.Instant;

/** How invoices stand at a moment, in words. */
public record Standing(Instant now) {
    /** As {@code Due in 3 days}. */
    public String words(Invoice invoice) {
        return switch (invoice.status()) {
            case DRAFT -> "Draft";
            case OPEN -> due(invoice);
            case PAID -> "Paid";
            case VOID -> "Void";
            case UNCOLLECTIBLE -> "Written off";
        };
    }

    private String due(Invoice invoice) {
        Instant due = invoice.dueAt();
        if (due == null) {
            return "Open";
        }
        long days = Duration.between(now, due).toDays();
        if (due.isBefore(now)) {
            return -days == 0 ? "Overdue" : "Overdue by " + days(-days);
        }
        return days == 0 ? "Due today" : "Due in " + days(days);
    }

    private static String days(long days) {
        return days == 1 ? "1 day" : days + " days";
    }

    /** Whether it should have been paid by now. */
    public boolean isOverdue(Invoice invoice) {
        Instant due = invoice.dueAt();
        return invoice.status() == Invoice.Status.OPEN && due != null && due.isBefore(now);
    }

    /** What it looks like: {@code overdue}, or its status. */
    public String look(Invoice invoice) {
        return isOverdue(invoice) ? "overdue" : invoice.status().key();
    }
}
