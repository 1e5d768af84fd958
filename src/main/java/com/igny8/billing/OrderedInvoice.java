package com.igny8.billing;

import com.igny8.invoice.Invoice;

import io.swagger.v3.oas.annotations.media.Schema;

import org.jspecify.annotations.Nullable;

import java.util.UUID;

/** The invoice of an order, for programs: what is due is to be paid. */
record OrderedInvoice(
        UUID id,
        @Nullable @Schema(example = "IGN-2026-000123") String number,
        @Schema(example = "open") String status,
        String currency,
        long totalMinor,
        long dueMinor) {
    static OrderedInvoice of(Invoice invoice) {
        return new OrderedInvoice(
                invoice.id(),
                invoice.number(),
                invoice.status().key(),
                invoice.currency(),
                invoice.total().minor(),
                invoice.due().minor());
    }
}
