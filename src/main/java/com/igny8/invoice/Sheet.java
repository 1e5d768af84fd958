package com.igny8.invoice;

import com.igny8.account.Country;
import com.igny8.account.Party;
import com.igny8.account.VatId;
import com.igny8.kernel.Money;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What stands on an invoice or a credit note, in words and in order: the page and the PDF show the
 * same.
 *
 * @param stamp what became of it, in a word; null where it is simply open
 * @param facts beside the number: dates, and what it belongs to
 * @param totals below the lines; the last is what it comes down to
 */
public record Sheet(
        String title,
        String number,
        @Nullable Stamp stamp,
        List<Fact> facts,
        Block seller,
        Block buyer,
        List<Row> rows,
        List<Total> totals,
        List<String> notes) {
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("d MMM yyyy", Locale.ENGLISH).withZone(ZoneOffset.UTC);

    private static final String REVERSE_CHARGE =
            "Reverse charge: the VAT is accounted for by the customer (Articles 44 and 196 of Council"
                    + " Directive 2006/112/EC).";

    /** A word in a frame. */
    public record Stamp(String word, String key) {}

    /** What stands beside the number. */
    public record Fact(String name, String value) {}

    /** Somebody's name and where they are, line by line. */
    public record Block(String name, List<String> lines) {}

    /** A line, in words. */
    public record Row(
            String what, @Nullable String period, String quantity, String unit, String amount) {}

    /**
     * A sum.
     *
     * @param isMain what counts in the end
     */
    public record Total(String name, String amount, boolean isMain) {}

    public static Sheet of(Invoice invoice) {
        return new Sheet(
                "Invoice",
                String.valueOf(invoice.number()),
                stamp(invoice.status()),
                facts(invoice),
                block(invoice.soldBy()),
                block(invoice.billedTo()),
                invoice.lines().stream().map(Sheet::row).toList(),
                totals(invoice),
                notes(invoice));
    }

    static Sheet of(CreditNote note) {
        return new Sheet(
                "Credit note",
                note.number(),
                null,
                List.of(
                        new Fact("Issued", DAY.format(note.issuedAt())),
                        new Fact("For invoice", note.invoiceNumber()),
                        new Fact("Currency", note.total().currency())),
                block(note.soldBy()),
                block(note.billedTo()),
                List.of(row(note)),
                totals(note),
                notes(note));
    }

    private static @Nullable Stamp stamp(Invoice.Status status) {
        return switch (status) {
            case DRAFT -> new Stamp("Draft", "draft");
            case OPEN -> null;
            case PAID -> new Stamp("Paid", "paid");
            case VOID -> new Stamp("Void", "void");
            case UNCOLLECTIBLE -> new Stamp("Unpaid", "void");
        };
    }

    private static List<Fact> facts(Invoice invoice) {
        List<Fact> facts = new ArrayList<>();
        add(facts, "Issued", invoice.issuedAt());
        add(facts, "Due", invoice.dueAt());
        add(facts, "Paid", invoice.paidAt());
        facts.add(new Fact("Currency", invoice.currency()));
        return facts;
    }

    private static void add(List<Fact> facts, String name, @Nullable Instant at) {
        if (at != null) {
            facts.add(new Fact(name, DAY.format(at)));
        }
    }

    private static Block block(Party party) {
        String country = party.country();
        String taxId = party.taxId();
        return new Block(
                party.name(),
                said(
                        party.addressLine1(),
                        party.addressLine2(),
                        String.join(" ", said(party.postalCode(), party.city())),
                        party.region(),
                        country == null ? null : Country.name(country),
                        party.email(),
                        taxId == null
                                ? null
                                : (VatId.isFor(country) ? "VAT id " : "Tax id ") + taxId));
    }

    private static List<String> said(@Nullable String... texts) {
        List<String> said = new ArrayList<>();
        for (String text : texts) {
            if (text != null && !text.isBlank()) {
                said.add(text);
            }
        }
        return said;
    }

    private static Row row(InvoiceLine line) {
        Instant start = line.periodStart();
        Instant end = line.periodEnd();
        return new Row(
                line.description(),
                start == null || end == null ? null : DAY.format(start) + " – " + DAY.format(end),
                "%,d".formatted(line.quantity()),
                line.unit().text(),
                line.amount().text());
    }

    /** One line, for whatever is taken back; with tax where the invoice's lines are. */
    private static Row row(CreditNote note) {
        Money amount =
                note.tax().isInclusive() ? note.amounts().total() : note.amounts().subtotal();
        return new Row(note.reason(), null, "1", amount.text(), amount.text());
    }

    private static List<Total> totals(Invoice invoice) {
        List<Total> totals = sums(invoice.tax(), invoice.amounts());
        addIfAny(totals, "Taken back by credit notes", invoice.credited());
        if (invoice.status() == Invoice.Status.VOID) {
            return totals;
        }
        addIfAny(totals, "Paid", invoice.paid());
        totals.add(new Total("To pay", invoice.due().text(), true));
        return totals;
    }

    private static List<Total> totals(CreditNote note) {
        List<Total> totals = sums(note.tax(), note.amounts());
        addIfAny(totals, "Off what was still to pay", note.offDue());
        addIfAny(totals, "Kept for the next invoices", note.toBalance());
        addIfAny(totals, "Goes back", note.toRefund());
        return totals;
    }

    private static List<Total> sums(Tax tax, Tax.Amounts amounts) {
        List<Total> totals = new ArrayList<>();
        switch (tax.treatment()) {
            case NONE -> {}
            case TAXED -> {
                totals.add(new Total("Without tax", amounts.subtotal().text(), false));
                totals.add(new Total(tax.label(), amounts.tax().text(), false));
            }
            case REVERSE_CHARGE -> {
                totals.add(new Total("Without tax", amounts.subtotal().text(), false));
                totals.add(new Total("VAT, reverse charge", amounts.tax().text(), false));
            }
        }
        totals.add(new Total("Total", amounts.total().text(), true));
        return totals;
    }

    private static void addIfAny(List<Total> totals, String name, Money amount) {
        if (amount.isPositive()) {
            totals.add(new Total(name, amount.text(), false));
        }
    }

    private static List<String> notes(Invoice invoice) {
        List<String> notes = new ArrayList<>();
        Instant due = invoice.dueAt();
        switch (invoice.status()) {
            case OPEN, UNCOLLECTIBLE -> {
                if (due != null) {
                    notes.add(
                            "Please pay %s by %s and name the number %s."
                                    .formatted(
                                            invoice.due().text(),
                                            DAY.format(due),
                                            invoice.number()));
                }
            }
            case VOID -> notes.add("This invoice is void: nothing is to be paid on it.");
            case DRAFT, PAID -> {}
        }
        addTaxNotes(notes, invoice.tax());
        return notes;
    }

    private static List<String> notes(CreditNote note) {
        List<String> notes = new ArrayList<>();
        notes.add("This corrects invoice %s.".formatted(note.invoiceNumber()));
        addTaxNotes(notes, note.tax());
        return notes;
    }

    private static void addTaxNotes(List<String> notes, Tax tax) {
        switch (tax.treatment()) {
            case REVERSE_CHARGE -> notes.add(REVERSE_CHARGE);
            case TAXED -> {
                if (tax.isInclusive()) {
                    notes.add("The amounts of the lines include the tax.");
                }
            }
            case NONE -> {}
        }
    }
}
