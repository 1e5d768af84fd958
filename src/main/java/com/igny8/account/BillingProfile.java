package com.igny8.account;

import com.igny8.tenancy.TenantTransactions;

import org.springframework.stereotype.Component;

import java.sql.ResultSet;
import java.sql.SQLException;

/** How the bound account wants to be named on its invoices. Only the account says so. */
@Component
public class BillingProfile {
    private final TenantTransactions transactions;

    BillingProfile(TenantTransactions transactions) {
        this.transactions = transactions;
    }

    /** Who the bills go to; an account that named nobody is billed by its own name. */
    public Party current() {
        return transactions.query(
                sql ->
                        sql.statement("SELECT * FROM account WHERE id = :account_id")
                                .query(BillingProfile::party)
                                .single());
    }

    private static Party party(ResultSet row, int number) throws SQLException {
        String legalName = row.getString("legal_name");
        return new Party(
                legalName == null ? row.getString("name") : legalName,
                row.getString("contact_email"),
                row.getString("address_line1"),
                row.getString("address_line2"),
                row.getString("city"),
                row.getString("region"),
                row.getString("postal_code"),
                row.getString("country"),
                row.getString("tax_id"));
    }
}
