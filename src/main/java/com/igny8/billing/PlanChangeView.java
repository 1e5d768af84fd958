package com.igny8.billing;

import com.igny8.invoice.InvoiceLine;

import io.swagger.v3.oas.annotations.media.Schema;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;

/**
 * A change of plan, for programs.
 *
 * @param invoice null where nothing is to be paid
 */
record PlanChangeView(
        @Schema(example = "scale") String planSlug,
        @Schema(example = "month") String billingInterval,
        @Schema(
                        description = "When it comes about",
                        allowableValues = {"at_once", "when_paid", "at_period_end", "kept"})
                String effect,
        Instant takesEffectAt,
        @Schema(description = "What the change itself brings, for the rest of the month")
                long creditsAdded,
        @Nullable BillView invoice) {

    record LineView(
            String description,
            @Schema(example = "-6950") long amountMinor,
            @Nullable Instant periodStart,
            @Nullable Instant periodEnd) {
        static LineView of(InvoiceLine line) {
            return new LineView(
                    line.description(),
                    line.amount().minor(),
                    line.periodStart(),
                    line.periodEnd());
        }
    }

    record BillView(
            @Schema(example = "USD") String currency,
            List<LineView> lines,
            long subtotalMinor,
            long taxMinor,
            long totalMinor,
            @Schema(description = "What your own balance pays of it") long fromBalanceMinor,
            long dueMinor) {
        static @Nullable BillView of(PlanChange.@Nullable Bill bill) {
            return bill == null
                    ? null
                    : new BillView(
                            bill.invoice().currency(),
                            bill.lines().stream().map(LineView::of).toList(),
                            bill.amounts().subtotal().minor(),
                            bill.amounts().tax().minor(),
                            bill.amounts().total().minor(),
                            bill.fromBalance().minor(),
                            bill.due().minor());
        }
    }

    static PlanChangeView of(PlanChange change) {
        return new PlanChangeView(
                change.plan().slug(),
                change.interval().key(),
                change.effect().key(),
                change.takesEffectAt(),
                change.creditsAdded(),
                BillView.of(change.bill()));
    }
}
