package com.igny8.billing;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;

/**
 * The rows that billing writes, and nothing else: neither locks nor questions, no row level
 * security, each transaction's statements one after the other on a connection. The one parameter of
 * each is the account.
 */
final class BareBilling {
    private static final String DRAFT =
            """
            WITH made AS (
                INSERT INTO invoice (account_id, status, purpose, currency, subtotal_minor,
                    total_minor, tax_treatment, billing_snapshot, seller_snapshot, created_at)
                VALUES (?, 'draft', 'subscription_renewal', 'USD', 8900, 8900, 'none', '{}', '{}',
                    now())
                RETURNING account_id, id)
            INSERT INTO invoice_line (account_id, invoice_id, position, description, quantity,
                unit_minor, amount_minor)
            SELECT account_id, id, 1, 'Bench', 1, 8900, 8900 FROM made
            """;

    private static final String ISSUE =
            """
            UPDATE invoice SET status = 'open', issued_at = now(), due_at = now(),
                   number = 'BEN-2026-' || take_document_number('BEN', 2026)
             WHERE account_id = ? AND status = 'draft'
            """;

    private static final String LETTER =
            """
            INSERT INTO mail (recipient, template, subject, body, html, status)
            SELECT contact_email, 'bench', 'Bench', convert_to(repeat('x', 800), 'UTF8'),
                   convert_to(repeat('x', 4000), 'UTF8'), 'sent'
              FROM account WHERE id = ?
            """;

    /** Of a renewal that a balance pays. */
    static final List<String> RENEWAL =
            List.of(
                    DRAFT,
                    ISSUE,
                    """
                    WITH moved AS (
                        UPDATE customer_balance SET balance_minor = balance_minor - 8900
                         WHERE account_id = ? RETURNING account_id, balance_minor)
                    INSERT INTO customer_balance_entry (account_id, currency, amount_minor,
                        balance_after_minor, reason, description, created_at)
                    SELECT account_id, 'USD', -8900, balance_minor, 'invoice', 'Paid', now()
                      FROM moved
                    """,
                    """
                    INSERT INTO payment (account_id, invoice_id, provider, status, amount_minor,
                        invoice_minor, currency, created_at, settled_at)
                    SELECT account_id, id, 'balance', 'succeeded', 8900, 8900, 'USD', now(), now()
                      FROM invoice WHERE account_id = ? AND status = 'open'
                    """,
                    """
                    UPDATE invoice SET paid_minor = total_minor, status = 'paid', paid_at = now(),
                           first_paid_at = now()
                     WHERE account_id = ? AND status = 'open'
                    """,
                    """
                    UPDATE subscription SET current_period_start = current_period_end,
                           current_period_end = current_period_end + interval '1 month',
                           next_due_at = current_period_end + interval '1 month'
                     WHERE account_id = ?
                    """,
                    """
                    WITH book AS (
                        UPDATE credit_balance SET balance = balance + 1000,
                               last_entry_id = last_entry_id + 1
                         WHERE account_id = ? RETURNING *)
                    INSERT INTO credit_entry (account_id, id, type, amount, balance_after,
                        description, created_at)
                    SELECT account_id, last_entry_id, 'subscription', 1000, balance, 'Bench', now()
                      FROM book
                    """,
                    """
                    INSERT INTO credit_grant (account_id, entry_id, source, amount, remaining,
                        priority, expires_at)
                    VALUES (?, 1, 'bench', 1000, 1000, 10, now() + interval '1 month')
                    """,
                    """
                    INSERT INTO scheduled_grant (account_id, subscription_id, plan_version_id,
                        due_at, ends_at, credits, granted_at)
                    SELECT account_id, id, plan_version_id, current_period_start,
                           current_period_end, 1000, now()
                      FROM subscription WHERE account_id = ?
                    """,
                    LETTER);

    /** Of a paid sign-up, its password hashed already. */
    static final List<String> SIGN_UP =
            List.of(
                    """
                    INSERT INTO app_user (id, email, password_hash, first_name, last_name)
                    VALUES (?, 'bench-' || uuidv7() || '@example.com', '{none}', 'Ada', '')
                    """,
                    """
                    INSERT INTO account (id, name, slug, status, contact_email)
                    VALUES (?, 'Bench', 'bench-' || uuidv7(), 'pending_payment', 'a@example.com')
                    """,
                    """
                    INSERT INTO member (account_id, user_id, role)
                    SELECT id, id, 'owner' FROM account WHERE id = ?
                    """,
                    """
                    INSERT INTO email_verification (token_hash, user_id, email, expires_at)
                    SELECT uuid_send(uuidv7()), id, email, now() FROM app_user WHERE id = ?
                    """,
                    """
                    INSERT INTO subscription (account_id, plan_id, plan_version_id, status,
                        anchor_at, current_period_start, current_period_end, created_at)
                    SELECT ?::uuid, plan_id, version.id, 'pending_payment', now(), now(),
                           now() + interval '1 month', now()
                      FROM plan JOIN plan_version version ON version.plan_id = plan.id
                     WHERE slug = 'starter' AND version.version = 1
                    """,
                    """
                    INSERT INTO payment_method (account_id, type, is_default, created_at)
                    VALUES (?, 'bank_transfer', true, now())
                    """,
                    """
                    INSERT INTO audit_entry (account_id, via, action, target)
                    VALUES (?, 'token', 'bench', 'bench')
                    """,
                    LETTER,
                    DRAFT,
                    ISSUE,
                    LETTER);

    private BareBilling() {}

    static void write(Connection connection, List<String> statements, UUID account)
            throws SQLException {
        for (String statement : statements) {
            try (PreparedStatement prepared = connection.prepareStatement(statement)) {
                prepared.setObject(1, account);
                prepared.executeUpdate();
            }
        }
        connection.commit();
    }
}
