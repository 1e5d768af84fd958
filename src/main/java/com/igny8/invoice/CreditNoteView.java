package com.igny8.invoice;

import com.igny8.account.Party;

import io.swagger.v3.oas.annotations.media.Schema;

import java.time.Instant;
import java.util.UUID;

/** A credit note, for programs: amounts in minor units. */
public record CreditNoteView(
        UUID id,
        @Schema(example = "IGN-CN-2026-000007") String number,
        UUID invoice,
        @Schema(example = "IGN-2026-000123") String invoiceNumber,
        @Schema(example = "EUR") String currency,
        @Schema(example = "1000") long subtotalMinor,
        @Schema(example = "190") long taxMinor,
        @Schema(example = "1190") long totalMinor,
        @Schema(description = "Taken off what was still to be paid", example = "0") long dueMinor,
        @Schema(description = "Kept for the next invoices", example = "1190") long balanceMinor,
        @Schema(description = "Goes back to where it came from", example = "0") long refundMinor,
        @Schema(example = "The site was down for three days") String reason,
        Instant issuedAt,
        Party billingSnapshot) {
    public static CreditNoteView of(CreditNote note) {
        return new CreditNoteView(
                note.id(),
                note.number(),
                note.invoiceId(),
                note.invoiceNumber(),
                note.total().currency(),
                note.amounts().subtotal().minor(),
                note.amounts().tax().minor(),
                note.total().minor(),
                note.offDue().minor(),
                note.toBalance().minor(),
                note.toRefund().minor(),
                note.reason(),
                note.issuedAt(),
                note.billedTo());
    }
}
