package com.igny8.invoice;

import com.igny8.account.Party;
import com.igny8.kernel.IfMatch;
import com.igny8.tenancy.AccessChanges;
import com.igny8.tenancy.AuditLog;
import com.igny8.tenancy.PlatformTransactions;
import com.igny8.tenancy.Remembered;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Who sells; there is one. */
@Component
public class Sellers {
    private final PlatformTransactions platform;
    private final AuditLog auditLog;

    /** Every invoice asks for it, and it hardly ever changes. */
    private final Remembered<Boolean, Seller> known;

    Sellers(PlatformTransactions platform, AuditLog auditLog, AccessChanges changes) {
        this.platform = platform;
        this.auditLog = auditLog;
        this.known = changes.platformMemory(1, platform);
    }

    public Seller current() {
        return known.get(true, this::lookUp).orElseThrow();
    }

    private Optional<Remembered.Fact<Seller>> lookUp() {
        return platform.read(
                jdbc ->
                        jdbc.sql("SELECT * FROM seller")
                                .query(Sellers::seller)
                                .optional()
                                .map(
                                        seller ->
                                                new Remembered.Fact<>(
                                                        seller, Instant.MAX, Set.of())));
    }

    /** For operators: invoices that are issued from now on say this; the others stay. */
    public Seller change(Seller wanted, IfMatch ifMatch) {
        wanted.check();
        return platform.write(
                jdbc -> {
                    Seller before =
                            jdbc.sql("SELECT * FROM seller FOR UPDATE")
                                    .query(Sellers::seller)
                                    .single();
                    ifMatch.require(before);
                    save(jdbc, wanted);
                    auditLog.recordChange(
                            "seller.changed", "seller", Map.of(), told(before), told(wanted));
                    return wanted;
                });
    }

    private static void save(JdbcClient jdbc, Seller seller) {
        Party party = seller.party();
        jdbc.sql(
                        """
                        UPDATE seller
                           SET name = :name, email = :email, address_line1 = :line1,
                               address_line2 = :line2, city = :city, region = :region,
                               postal_code = :postal_code, country = :country, tax_id = :tax_id,
                               invoice_prefix = :prefix, days_to_pay = :days, updated_at = now()
                        """)
                .param("name", party.name())
                .param("email", party.email())
                .param("line1", party.addressLine1())
                .param("line2", party.addressLine2())
                .param("city", party.city())
                .param("region", party.region())
                .param("postal_code", party.postalCode())
                .param("country", party.country())
                .param("tax_id", party.taxId())
                .param("prefix", seller.invoicePrefix())
                .param("days", seller.daysToPay())
                .update();
    }

    private static Map<String, ?> told(Seller seller) {
        return Map.of(
                "seller", seller.party().toString(),
                "invoice_prefix", seller.invoicePrefix(),
                "days_to_pay", seller.daysToPay());
    }

    private static Seller seller(ResultSet row, int number) throws SQLException {
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
