package com.igny8.invoice;

import com.igny8.account.Party;
import com.igny8.tenancy.Columns;
import com.igny8.tenancy.TenantTransactions;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import java.time.Instant;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Which tax a sale carries, by who sells and who buys. */
@Component
class TaxRules {
    /** The member states, as their VAT ids begin: Greece's with EL. */
    private static final Set<String> EU =
            Set.of(
                    "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR",
                    "HU", "IE", "IT", "LT", "LU", "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI",
                    "SK");

    private static final Pattern VAT_ID = Pattern.compile("([A-Z]{2})[0-9A-Z+*]{2,12}");

    private final TenantTransactions transactions;

    TaxRules(TenantTransactions transactions) {
        this.transactions = transactions;
    }

    /** Without a country of the buyer's, or a rate for it, there is none. */
    Tax between(Party seller, Party buyer, Instant at) {
        String country = buyer.country();
        if (country == null) {
            return Tax.NONE;
        }
        return isReverseCharge(seller.country(), country, buyer.taxId())
                ? Tax.REVERSE_CHARGE
                : rate(country, at);
    }

    private static boolean isReverseCharge(
            @Nullable String from, String to, @Nullable String taxId) {
        return from != null
                && EU.contains(from)
                && EU.contains(to)
                && !from.equals(to)
                && taxId != null
                && isVatIdOf(to, taxId);
    }

    private static boolean isVatIdOf(String country, String taxId) {
        var id = VAT_ID.matcher(taxId.replaceAll("[ .-]", "").toUpperCase(Locale.ROOT));
        return id.matches() && id.group(1).replace("EL", "GR").equals(country);
    }

    private Tax rate(String country, Instant at) {
        return transactions.query(
                sql ->
                        sql.statement(
                                        """
                                        SELECT name, percent, is_inclusive FROM tax_rate
                                         WHERE country = :country AND effective_from <= :at
                                         ORDER BY effective_from DESC LIMIT 1
                                        """)
                                .param("country", country)
                                .param("at", Columns.timestamp(at))
                                .query(
                                        (row, number) ->
                                                new Tax(
                                                        Tax.Treatment.TAXED,
                                                        row.getString("name"),
                                                        row.getBigDecimal("percent"),
                                                        row.getBoolean("is_inclusive")))
                                .optional()
                                .orElse(Tax.NONE));
    }
}
