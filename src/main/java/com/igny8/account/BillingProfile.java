package com.igny8.account;

import com.igny8.kernel.IfMatch;
import com.igny8.tenancy.AccountSql;
import com.igny8.tenancy.AuditLog;
import com.igny8.tenancy.Role;
import com.igny8.tenancy.Tenancy;
import com.igny8.tenancy.TenantTransactions;

import org.springframework.stereotype.Component;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;

/** How the bound account wants to be named on its invoices. Only the account says so. */
@Component
public class BillingProfile {
    private final TenantTransactions transactions;
    private final AuditLog auditLog;

    BillingProfile(TenantTransactions transactions, AuditLog auditLog) {
        this.transactions = transactions;
        this.auditLog = auditLog;
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

    /** What the account says, for who may see its billing. */
    BillingDetails details() {
        Tenancy.caller().require(Role.ADMIN);
        return transactions.read(sql -> details(sql, ""));
    }

    private static BillingDetails details(AccountSql sql, String lock) {
        return sql.statement("SELECT * FROM account WHERE id = :account_id" + lock)
                .query(BillingProfile::read)
                .single();
    }

    private static BillingDetails read(ResultSet row, int number) throws SQLException {
        return new BillingDetails(
                row.getString("contact_email"),
                row.getString("legal_name"),
                row.getString("address_line1"),
                row.getString("address_line2"),
                row.getString("city"),
                row.getString("region"),
                row.getString("postal_code"),
                row.getString("country"),
                row.getString("tax_id"));
    }

    /**
     * Changes what is sent; an empty text takes it away. Invoices that are issued stay as they are.
     */
    BillingDetails change(Map<String, String> sent, IfMatch ifMatch) {
        Tenancy.caller().require(Role.ADMIN);
        return transactions.write(
                sql -> {
                    BillingDetails before = details(sql, " FOR NO KEY UPDATE");
                    ifMatch.require(before);
                    Map<String, String> values = before.values();
                    values.putAll(sent);
                    BillingDetails wanted = BillingDetails.of(before.email(), values);
                    wanted.check();
                    BillingDetails after = wanted.written();
                    save(sql, after);
                    auditLog.recordChange(
                            "billing_details.changed",
                            "account:" + sql.accountId(),
                            Map.of(),
                            before.values(),
                            after.values());
                    return after;
                });
    }

    private static void save(AccountSql sql, BillingDetails details) {
        sql.statement(
                        """
                        UPDATE account
                           SET legal_name = :legal_name, address_line1 = :address_line1,
                               address_line2 = :address_line2, city = :city, region = :region,
                               postal_code = :postal_code, country = :country, tax_id = :tax_id
                         WHERE id = :account_id
                        """)
                .param("legal_name", details.legalName())
                .param("address_line1", details.addressLine1())
                .param("address_line2", details.addressLine2())
                .param("city", details.city())
                .param("region", details.region())
                .param("postal_code", details.postalCode())
                .param("country", details.country())
                .param("tax_id", details.taxId())
                .update();
    }
}
