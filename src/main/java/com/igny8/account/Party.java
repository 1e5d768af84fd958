package com.igny8.account;

import org.jspecify.annotations.Nullable;

/**
 * Who somebody is for an accountant: what stands at the head of an invoice.
 *
 * @param country two letters of ISO 3166
 * @param taxId a VAT id or the like, as the country writes it
 */
public record Party(
        String name,
        @Nullable String email,
        @Nullable String addressLine1,
        @Nullable String addressLine2,
        @Nullable String city,
        @Nullable String region,
        @Nullable String postalCode,
        @Nullable String country,
        @Nullable String taxId) {}
