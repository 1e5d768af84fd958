package com.igny8.invoice;

import com.igny8.account.Party;
import com.igny8.tenancy.TenantTransactions;

import org.springframework.stereotype.Component;

import java.sql.ResultSet;
import java.sql.SQLException;

/** Who sells; there is one. */
@Component
class Sellers {
    private final TenantTransactions transactions;

    Sellers(TenantTransactions transactions) {
        this.transactions = transactions;
    }

    Seller current() {
        return transactions.query(
                sql -> sql.statement("SELECT * FROM seller").query(Sellers::seller).single());
    }

    static Seller seller(ResultSet row, int number) throws SQLException {
        return new Seller(
                new Party(
                        row.getString("name"),
                        row.getString("email"),
                        row.getString("address_line1"),
                        row.getString("address_line2"),
                        row.getString("city"),
                        row.getString("region"),
                        row.getString("postal_code"),
                        row.getString("country"),
                        row.getString("tax_id")),
                row.getString("invoice_prefix"),
                row.getInt("days_to_pay"));
    }
}
