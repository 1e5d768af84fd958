package com.igny8.invoice;

import com.igny8.account.Country;
import com.igny8.account.Party;
import com.igny8.kernel.FieldErrors;
import com.igny8.kernel.PlainText;

import org.jspecify.annotations.Nullable;

import java.util.regex.Pattern;

/**
 * The company that runs IGNY8, as invoices name it.
 *
 * @param invoicePrefix what its numbers begin with
 * @param daysToPay from issue to due
 */
public record Seller(Party party, String invoicePrefix, int daysToPay) {
    private static final Pattern PREFIX = Pattern.compile("[A-Z0-9]{2,8}");
    private static final int MAX_LINE = 200;
    private static final int MAX_DAYS = 90;

    /** 400 that names every field which cannot stand on an invoice. */
    void check() {
        String country = party.country();
        new FieldErrors()
                .require(!party.name().isBlank() && isLine(party.name()), "name", line())
                .require(isLine(party.email()), "email", line())
                .require(isLine(party.addressLine1()), "address_line1", line())
                .require(isLine(party.addressLine2()), "address_line2", line())
                .require(isLine(party.city()), "city", line())
                .require(isLine(party.region()), "region", line())
                .require(isLine(party.postalCode()), "postal_code", line())
                .require(
                        country == null || Country.isCode(country),
                        "country",
                        "Must be two letters of ISO 3166, such as IE")
                .require(isLine(party.taxId()), "tax_id", line())
                .require(
                        PREFIX.matcher(invoicePrefix).matches(),
                        "invoice_prefix",
                        "Must be 2 to 8 capital letters and digits")
                .require(
                        !invoicePrefix.equals(DocumentNumbers.TEST_SERIES),
                        "invoice_prefix",
                        "Invoices of test accounts are numbered so: choose another")
                .require(
                        daysToPay >= 0 && daysToPay <= MAX_DAYS,
                        "days_to_pay",
                        "Must be between 0 and " + MAX_DAYS)
                .throwIfAny();
    }

    private static boolean isLine(@Nullable String text) {
        return PlainText.is(text, MAX_LINE);
    }

    private static String line() {
        return "Must be one line of up to " + MAX_LINE + " characters";
    }
}
