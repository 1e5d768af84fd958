package com.igny8.invoice;

import com.igny8.account.Party;

import io.swagger.v3.oas.annotations.media.Schema;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** An invoice, for programs: amounts in minor units. */
public record InvoiceView(
        UUID id,
        @Schema(example = "IGN-2026-000123") @Nullable String number,
        @Schema(
                        example = "open",
                        allowableValues = {"draft", "open", "paid", "void", "uncollectible"})
                String status,
        @Schema(example = "subscription_renewal") String purpose,
        @Schema(example = "EUR") String currency,
        @Schema(example = "13900") long subtotalMinor,
        @Schema(example = "2641") long taxMinor,
        @Schema(example = "16541") long totalMinor,
        @Schema(example = "0") long paidMinor,
        @Schema(description = "Taken back by credit notes", example = "0") long creditedMinor,
        @Schema(description = "What is still to be paid", example = "16541") long dueMinor,
        TaxView tax,
        @Nullable Instant issuedAt,
        @Nullable Instant dueAt,
        @Nullable Instant paidAt,
        List<LineView> lines,
        @Schema(description = "Who was billed, as it was when the invoice was issued")
                Party billingSnapshot,
        Party seller) {

    /** Why there is tax, or none. */
    public record TaxView(
            @Schema(
                            example = "taxed",
                            allowableValues = {"none", "taxed", "reverse_charge"})
                    String treatment,
            @Nullable @Schema(example = "VAT") String name,
            @Schema(example = "19") BigDecimal percent,
            @Schema(description = "Whether the lines hold it already", example = "false")
                    boolean isInclusive) {}

    /** A line of it. */
    public record LineView(
            @Schema(example = "Growth, one month") String description,
            @Schema(example = "1") int quantity,
            @Schema(example = "13900") long unitMinor,
            @Schema(example = "13900") long amountMinor,
            @Nullable Instant periodStart,
            @Nullable Instant periodEnd) {
        static LineView of(InvoiceLine line) {
            return new LineView(
                    line.description(),
                    line.quantity(),
                    line.unit().minor(),
                    line.amount().minor(),
                    line.periodStart(),
                    line.periodEnd());
        }
    }

    public static InvoiceView of(Invoice invoice) {
        Tax tax = invoice.tax();
        return new InvoiceView(
                invoice.id(),
                invoice.number(),
                invoice.status().key(),
                invoice.purpose().key(),
                invoice.currency(),
                invoice.amounts().subtotal().minor(),
                invoice.amounts().tax().minor(),
                invoice.total().minor(),
                invoice.paid().minor(),
                invoice.credited().minor(),
                invoice.due().minor(),
                new TaxView(
                        tax.treatment().key(), tax.name(), tax.percent(), tax.isInclusive()),
                invoice.issuedAt(),
                invoice.dueAt(),
                invoice.paidAt(),
                invoice.lines().stream().map(LineView::of).toList(),
                invoice.billedTo(),
                invoice.soldBy());
    }
}
