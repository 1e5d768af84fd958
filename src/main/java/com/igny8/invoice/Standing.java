package com.igny8.invoice;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/** How invoices stand at a moment, in words. */
public record Standing(Instant now) {
    /** As {@code Due in 3 days}, by days in UTC. */
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
        long days = ChronoUnit.DAYS.between(day(now), day(due));
        if (days < 0) {
            return "Overdue by " + days(-days);
        }
        return days == 0 ? "Due today" : "Due in " + days(days);
    }

    private static LocalDate day(Instant at) {
        return LocalDate.ofInstant(at, ZoneOffset.UTC);
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
