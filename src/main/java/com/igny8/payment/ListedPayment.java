package com.igny8.payment;

import com.fasterxml.jackson.annotation.JsonUnwrapped;

import io.swagger.v3.oas.annotations.media.Schema;

import org.jspecify.annotations.Nullable;

/** A payment as lists have it: with the number of its invoice, and how a dispute of it stands. */
public record ListedPayment(
        @JsonUnwrapped PaymentView payment,
        @Nullable String invoiceNumber,
        @Schema(description = "`open`, `won` or `lost`") @Nullable String dispute) {
    public static ListedPayment of(PaymentSearch.Found found) {
        DisputeStatus dispute = found.dispute();
        return new ListedPayment(
                PaymentView.of(found.payment()),
                found.invoiceNumber(),
                dispute == null ? null : dispute.key());
    }
}
