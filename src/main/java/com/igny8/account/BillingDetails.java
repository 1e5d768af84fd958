package com.igny8.account;

import com.igny8.kernel.FieldErrors;
import com.igny8.kernel.PlainText;

import org.jspecify.annotations.Nullable;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What an account says of itself for its invoices; what it does not say is null.
 *
 * @param email where its bills go: the contact of the account, changed with its settings
 */
record BillingDetails(
        String email,
        @Nullable String legalName,
        @Nullable String addressLine1,
        @Nullable String addressLine2,
        @Nullable String city,
        @Nullable String region,
        @Nullable String postalCode,
        @Nullable String country,
        @Nullable String taxId) {
    static final String[] FIELDS = {
        "legal_name",
        "address_line1",
        "address_line2",
        "city",
        "region",
        "postal_code",
        "country",
        "tax_id"
    };

    private static final int MAX_LINE = 200;
    private static final int MAX_PLACE = 120;
    private static final int MAX_POSTAL_CODE = 20;
    private static final Pattern TAX_ID = Pattern.compile("[0-9A-Za-z][0-9A-Za-z ./+*-]{3,29}");

    /** Notes against its field whatever cannot stand on an invoice. */
    void check() {
        new FieldErrors()
                .require(PlainText.is(legalName, MAX_LINE), "legal_name", tooLong(MAX_LINE))
                .require(PlainText.is(addressLine1, MAX_LINE), "address_line1", tooLong(MAX_LINE))
                .require(PlainText.is(addressLine2, MAX_LINE), "address_line2", tooLong(MAX_LINE))
                .require(PlainText.is(city, MAX_PLACE), "city", tooLong(MAX_PLACE))
                .require(PlainText.is(region, MAX_PLACE), "region", tooLong(MAX_PLACE))
                .require(
                        PlainText.is(postalCode, MAX_POSTAL_CODE),
                        "postal_code",
                        tooLong(MAX_POSTAL_CODE))
                .require(
                        country == null || Country.isCode(country),
                        "country",
                        "Must be two letters of ISO 3166, such as DE")
                .require(
                        taxId == null || country != null,
                        "country",
                        "Say which country the tax id is of")
                .require(
                        taxId == null || country == null || isTaxId(country, taxId),
                        "tax_id",
                        VatId.isFor(country)
                                ? "This is no VAT id of the country you chose"
                                : "Must be 4 to 30 letters and digits")
                .throwIfAny();
    }

    private static boolean isTaxId(String country, String taxId) {
        return VatId.isFor(country)
                ? VatId.parse(country, taxId).isPresent()
                : TAX_ID.matcher(taxId).matches();
    }

    private static String tooLong(int most) {
        return "Must have up to " + most + " plain characters";
    }

    /** With its VAT id as invoices write it. */
    BillingDetails written() {
        return taxId == null || country == null
                ? this
                : new BillingDetails(
                        email,
                        legalName,
                        addressLine1,
                        addressLine2,
                        city,
                        region,
                        postalCode,
                        country,
                        VatId.parse(country, taxId).orElse(taxId));
    }

    /** By name, empty where nothing is said: for forms and for the log. */
    Map<String, String> values() {
        Map<String, String> values = new LinkedHashMap<>();
        @Nullable String[] all = {
            legalName, addressLine1, addressLine2, city, region, postalCode, country, taxId
        };
        for (int field = 0; field < FIELDS.length; field++) {
            values.put(FIELDS[field], all[field] == null ? "" : all[field]);
        }
        return values;
    }

    /** As {@link #values} has them, with another's email. */
    static BillingDetails of(String email, Map<String, String> values) {
        return new BillingDetails(
                email,
                said(values, "legal_name"),
                said(values, "address_line1"),
                said(values, "address_line2"),
                said(values, "city"),
                said(values, "region"),
                said(values, "postal_code"),
                said(values, "country"),
                said(values, "tax_id"));
    }

    private static @Nullable String said(Map<String, String> values, String field) {
        String value = values.getOrDefault(field, "").strip();
        return value.isEmpty() ? null : value;
    }
}
