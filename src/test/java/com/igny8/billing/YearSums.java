package com.igny8.billing;

import com.igny8.testing.Product;

import org.intellij.lang.annotations.Language;
import org.jspecify.annotations.Nullable;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Adds up what the tables say of accounts: each column is a sum of {@link YearBooks}. */
final class YearSums {
    @Language("SQL")
    private static final String SUMS =
            """
            SELECT account.id AS account, account.status, subscription.status AS subscription,
                   invoices.*, notes.*, payments.*, refunds.*, disputes.*, balances.*, credits.*,
                   coalesce(subscription.next_due_at <= now_at
                            AND account.status IN ('trial', 'active'), false)::int AS undone
              FROM account
              JOIN test_clock ON test_clock.account_id = account.id
              JOIN subscription ON subscription.account_id = account.id
              CROSS JOIN LATERAL (
                    SELECT coalesce(sum(total_minor) FILTER (WHERE status <> 'void'), 0) AS issued,
                           coalesce(sum(total_minor) FILTER (WHERE status = 'void'), 0) AS void,
                           coalesce(sum(paid_minor), 0) AS paid,
                           coalesce(sum(total_minor - paid_minor - credited_minor
                               + returned_minor)
                               FILTER (WHERE status IN ('open', 'uncollectible')), 0) AS due,
                           coalesce(sum(paid_minor - returned_minor), 0) AS held,
                           (SELECT count(*)
                              FROM (SELECT period_start,
                                           lag(period_end) OVER (ORDER BY period_start) AS before
                                      FROM invoice_line line
                                      JOIN invoice ON invoice.account_id = line.account_id
                                                  AND invoice.id = invoice_id
                                     WHERE line.account_id = account.id AND status = 'paid'
                                       AND purpose IN ('subscription_start',
                                                       'subscription_renewal')) AS period
                             WHERE period_start < before) AS billed_twice
                      FROM invoice WHERE account_id = account.id) AS invoices
              CROSS JOIN LATERAL (
                    SELECT coalesce(sum(total_minor), 0) AS credited,
                           coalesce(sum(due_minor), 0) AS off_due,
                           coalesce(sum(balance_minor), 0) AS to_balance,
                           coalesce(sum(refund_minor), 0) AS to_refund
                      FROM credit_note WHERE account_id = account.id) AS notes
              CROSS JOIN LATERAL (
                    SELECT coalesce(sum(amount_minor)
                               FILTER (WHERE provider <> 'balance'), 0) AS came_in,
                           coalesce(sum(amount_minor)
                               FILTER (WHERE provider = 'balance'), 0) AS from_balance,
                           coalesce(sum(refunded_minor)
                               FILTER (WHERE provider <> 'balance'), 0) AS refunded,
                           coalesce(sum(amount_minor - refunded_minor)
                               FILTER (WHERE provider_reference LIKE 'pi\\_%'), 0) AS charged
                      FROM payment
                     WHERE account_id = account.id AND status NOT IN ('pending', 'failed')
                   ) AS payments
              CROSS JOIN LATERAL (
                    SELECT coalesce(sum(refund.amount_minor)
                               FILTER (WHERE provider <> 'balance'), 0) AS went_back,
                           coalesce(sum(refund.balance_minor)
                               FILTER (WHERE provider <> 'balance'), 0) AS out_of_balance,
                           coalesce(sum(reopened_minor)
                               FILTER (WHERE provider <> 'balance'), 0) AS to_pay_again,
                           coalesce(sum(reopened_minor), 0) AS reopened,
                           coalesce(sum(refund.amount_minor) FILTER (
                               WHERE reason LIKE 'Lost in a dispute%'), 0) AS refunded_as_lost
                      FROM refund
                      JOIN payment ON payment.account_id = refund.account_id
                                  AND payment.id = payment_id
                     WHERE refund.account_id = account.id AND refund.status = 'succeeded'
                   ) AS refunds
              CROSS JOIN LATERAL (
                    SELECT coalesce(sum(amount_minor) FILTER (WHERE status = 'lost'), 0) AS lost
                      FROM dispute WHERE account_id = account.id) AS disputes
              CROSS JOIN LATERAL (
                    SELECT coalesce((SELECT sum(balance_minor) FROM customer_balance
                                      WHERE account_id = account.id), 0) AS balance,
                           coalesce(sum(amount_minor), 0) AS balance_entries,
                           coalesce(sum(amount_minor)
                               FILTER (WHERE reason = 'overpayment'), 0) AS overpaid,
                           coalesce(sum(amount_minor)
                               FILTER (WHERE reason = 'plan_change'), 0) AS unused_changes,
                           coalesce(-sum(amount_minor) FILTER (
                               WHERE reason IN ('refund', 'adjustment')), 0) AS taken_back
                      FROM customer_balance_entry WHERE account_id = account.id) AS balances
              CROSS JOIN LATERAL (
                    SELECT coalesce((SELECT balance FROM credit_balance
                                      WHERE account_id = account.id), 0) AS "left",
                           coalesce(sum(amount)
                               FILTER (WHERE type IN ('grant', 'subscription')), 0) AS given,
                           coalesce(sum(amount) FILTER (WHERE type = 'purchase'), 0) AS bought,
                           coalesce(-sum(amount) FILTER (WHERE type = 'deduction'), 0) AS used,
                           coalesce(-sum(amount) FILTER (WHERE type = 'expiry'), 0) AS expired
                      FROM credit_entry WHERE account_id = account.id) AS credits
             WHERE account.id IN (:accounts)
             ORDER BY account.id
            """;

    private YearSums() {}

    static List<Map<String, @Nullable Object>> read(Product product, Collection<UUID> accounts) {
        return product.sql().sql(SUMS).param("accounts", accounts).query().listOfRows();
    }
}
