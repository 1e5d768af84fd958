package com.igny8.billing;

import org.springframework.jdbc.core.simple.JdbcClient;

import java.util.Locale;

/** Customers on Starter, many at once, whose month has just ended. */
public final class DueRenewals {
    /** What a month of Starter costs. */
    public static final long PRICE_MINOR = 8_900;

    private DueRenewals() {}

    /** How they pay for the next month; their accounts are called so. */
    public enum PaidBy {
        BALANCE,
        CARD,
        NOTHING;

        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** As the superuser of the database. */
    public static void make(JdbcClient everything, PaidBy paidBy, int number) {
        everything
                .sql(
                        """
                        WITH made AS (
                            INSERT INTO account (name, slug, status, contact_email)
                            SELECT :name, 'due-' || uuid, 'active', uuid || '@example.com'
                              FROM (SELECT uuidv7() AS uuid FROM generate_series(1, :number)) AS one
                            RETURNING id
                        ), money AS (
                            INSERT INTO customer_balance (account_id, id, balance_minor)
                            SELECT id, 'USD', :price FROM made WHERE :name = 'balance'
                        ), entry AS (
                            INSERT INTO customer_balance_entry (account_id, currency, amount_minor,
                                balance_after_minor, reason, description, created_at)
                            SELECT id, 'USD', :price, :price, 'adjustment', 'To begin with', now()
                              FROM made WHERE :name = 'balance'
                        ), card AS (
                            INSERT INTO payment_method (account_id, type, is_default,
                                customer_reference, method_reference, created_at)
                            SELECT id, 'stripe', true, 'cus_' || id, 'pm_' || id, now()
                              FROM made WHERE :name = 'card'
                        ), credits AS (
                            INSERT INTO credit_balance (account_id) SELECT id FROM made
                        )
                        INSERT INTO subscription (account_id, plan_id, plan_version_id, status,
                            anchor_at, current_period_start, current_period_end, next_due_at,
                            created_at)
                        SELECT made.id, plan.id, version.id, 'active', at, at,
                               at + interval '1 month', at + interval '1 month', at
                          FROM made
                          CROSS JOIN (SELECT now() - interval '1 month 1 minute' AS at) AS month
                          JOIN plan ON slug = 'starter'
                          JOIN plan_version version ON version.plan_id = plan.id
                                                   AND version.version = 1
                        """)
                .param("name", paidBy.key())
                .param("number", number)
                .param("price", PRICE_MINOR)
                .update();
    }
}
