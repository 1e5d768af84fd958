package com.igny8.invoice;

import com.igny8.account.Party;
import com.igny8.account.VatId;
import com.igny8.tenancy.Columns;
import com.igny8.tenancy.TenantTransactions;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import java.time.Instant;

/** Which tax a sale carries, by who sells and who buys. */
@Component
class TaxRules {
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
        return VatId.isFor(from)
                && !to.equals(from)
                && taxId != null
                && VatId.parse(to, taxId).isPresent();
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
