package com.igny8.payment;

import com.igny8.account.AccountClock;
import com.igny8.account.Accounts;
import com.igny8.kernel.Problem;
import com.igny8.tenancy.AccountSql;
import com.igny8.tenancy.AuditLog;
import com.igny8.tenancy.Columns;
import com.igny8.tenancy.Role;
import com.igny8.tenancy.Tenancy;
import com.igny8.tenancy.TenantTransactions;

import org.springframework.stereotype.Component;

import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/** How the bound account pays; no other place says so. */
@Component
public class PaymentMethods {
    private static final TypeReference<Map<String, String>> DETAILS = new TypeReference<>() {};

    private final TenantTransactions transactions;
    private final AccountClock clock;
    private final AuditLog auditLog;
    private final JsonMapper json;

    PaymentMethods(
            TenantTransactions transactions,
            AccountClock clock,
            AuditLog auditLog,
            JsonMapper json) {
        this.transactions = transactions;
        this.auditLog = auditLog;
        this.clock = clock;
        this.json = json;
    }

    /** The account is going to pay in this way, of which nothing more is known yet. */
    public void choose(PaymentType type) {
        transactions.run(
                sql -> {
                    Accounts.lock(sql);
                    dropDefault(sql);
                    sql.statement(
                                    """
                                    INSERT INTO payment_method (account_id, type, is_default,
                                        created_at)
                                    VALUES (:account_id, :type, true, :now)
                                    ON CONFLICT (account_id)
                                        WHERE type = 'bank_transfer' AND removed_at IS NULL
                                        DO UPDATE SET is_default = true
                                    """)
                            .param("type", type.key())
                            .param("now", Columns.timestamp(clock.now()))
                            .update();
                });
    }

    /** As {@link #choose}, of an account that may have chosen it before. */
    void chooseAgain(PaymentType type) {
        transactions.run(
                sql ->
                        all().stream()
                                .filter(method -> method.type() == type)
                                .findFirst()
                                .ifPresentOrElse(
                                        known -> makeDefault(known.id()), () -> choose(type)));
    }

    private static void dropDefault(AccountSql sql) {
        sql.statement(
                        """
                        UPDATE payment_method SET is_default = false
                         WHERE account_id = :account_id AND is_default
                        """)
                .update();
    }

    /** How it pays unless told otherwise. */
    public Optional<PaymentMethod> byDefault() {
        return transactions.read(
                sql ->
                        sql.statement(
                                        """
                                        SELECT * FROM payment_method
                                         WHERE account_id = :account_id AND is_default
                                        """)
                                .query(this::method)
                                .optional());
    }

    /** All that there are, the default first. */
    public List<PaymentMethod> all() {
        return transactions.read(
                sql ->
                        sql.statement(
                                        """
                                        SELECT * FROM payment_method
                                         WHERE account_id = :account_id AND removed_at IS NULL
                                         ORDER BY is_default DESC, created_at DESC
                                        """)
                                .query(this::method)
                                .list());
    }

    /** One of the account; 404 where there is none. */
    public PaymentMethod get(UUID id) {
        return all().stream()
                .filter(method -> method.id().equals(id))
                .findFirst()
                .orElseThrow(() -> Problem.notFound("Payment method"));
    }

    /**
     * A provider keeps a way to pay. It becomes the default where there is none that can be
     * charged. The same card, given again, takes the place of what was kept of it before.
     */
    void keep(PaymentType type, SavedMethod saved) {
        transactions.run(
                sql -> {
                    Accounts.lock(sql);
                    if (isKept(sql, type, saved.methodReference())) {
                        return;
                    }
                    boolean isDefault =
                            byDefault().map(now -> isReplacedBy(now, type, saved)).orElse(true);
                    removeThoseReplacedBy(sql, type, saved);
                    sql.statement(
                                    """
                                    INSERT INTO payment_method (account_id, type, is_default,
                                        customer_reference, method_reference, details, created_at)
                                    VALUES (:account_id, :type, :is_default, :customer, :method,
                                        :details::jsonb, :now)
                                    ON CONFLICT DO NOTHING
                                    """)
                            .param("type", type.key())
                            .param("is_default", isDefault)
                            .param("customer", saved.customerReference())
                            .param("method", saved.methodReference())
                            .param("details", json.writeValueAsString(saved.details()))
                            .param("now", Columns.timestamp(clock.now()))
                            .update();
                });
    }

    /** Also of one that was removed: what happened before that is told late. */
    private static boolean isKept(AccountSql sql, PaymentType type, String reference) {
        return sql.statement(
                        """
                        SELECT EXISTS (SELECT FROM payment_method
                            WHERE account_id = :account_id AND type = :type
                              AND method_reference = :reference)
                        """)
                .param("type", type.key())
                .param("reference", reference)
                .query(Boolean.class)
                .single();
    }

    private static boolean isReplacedBy(PaymentMethod old, PaymentType type, SavedMethod saved) {
        return old.type() == type
                && (old.methodReference() == null || old.details().equals(saved.details()));
    }

    private void removeThoseReplacedBy(AccountSql sql, PaymentType type, SavedMethod saved) {
        all().stream()
                .filter(old -> isReplacedBy(old, type, saved))
                .forEach(old -> removed(sql, old.id()));
    }

    private void removed(AccountSql sql, UUID id) {
        sql.statement(
                        """
                        UPDATE payment_method SET removed_at = :now, is_default = false
                         WHERE account_id = :account_id AND id = :id
                        """)
                .param("id", id)
                .param("now", Columns.timestamp(clock.now()))
                .update();
    }

    /** The account pays in this way unless told otherwise. */
    public PaymentMethod makeDefault(UUID id) {
        Tenancy.caller().require(Role.OWNER);
        return transactions.write(
                sql -> {
                    Accounts.lock(sql);
                    PaymentMethod method = get(id);
                    dropDefault(sql);
                    sql.statement(
                                    """
                                    UPDATE payment_method SET is_default = true
                                     WHERE account_id = :account_id AND id = :id
                                    """)
                            .param("id", id)
                            .update();
                    auditLog.record("payment_method.made_default", target(id), shown(method));
                    return get(id);
                });
    }

    /** The account pays in this way no more; 409 for the default where there are others. */
    PaymentMethod remove(UUID id) {
        Tenancy.caller().require(Role.OWNER);
        return transactions.write(
                sql -> {
                    Accounts.lock(sql);
                    PaymentMethod method = get(id);
                    if (method.isDefault() && all().size() > 1) {
                        throw Problem.conflict(
                                "payment_method_is_default",
                                "Renewals are paid by this. Make another one the default first");
                    }
                    removed(sql, id);
                    auditLog.record("payment_method.removed", target(id), shown(method));
                    return method;
                });
    }

    /** The provider does not keep it any more. */
    boolean lost(PaymentType type, String reference) {
        return transactions.write(
                sql -> {
                    Accounts.lock(sql);
                    all().stream()
                            .filter(method -> method.type() == type)
                            .filter(method -> reference.equals(method.methodReference()))
                            .forEach(
                                    method -> {
                                        removed(sql, method.id());
                                        auditLog.record(
                                                "payment_method.gone",
                                                target(method.id()),
                                                shown(method));
                                    });
                    return true;
                });
    }

    private static String target(UUID id) {
        return "payment_method:" + id;
    }

    private static Map<String, String> shown(PaymentMethod method) {
        Map<String, String> shown = new TreeMap<>(method.details());
        shown.put("type", method.type().key());
        return shown;
    }

    private PaymentMethod method(ResultSet row, int number) throws SQLException {
        return new PaymentMethod(
                Columns.uuid(row, "id"),
                PaymentType.of(row.getString("type")),
                row.getBoolean("is_default"),
                row.getString("customer_reference"),
                row.getString("method_reference"),
                json.readValue(row.getString("details"), DETAILS),
                Columns.instant(row, "created_at"));
    }
}
