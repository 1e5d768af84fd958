package com.igny8.billing;

import static org.assertj.core.api.Assertions.assertThat;

import com.igny8.catalog.Plans;
import com.igny8.payment.PaymentType;
import com.igny8.testing.Customer;
import com.igny8.testing.Product;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/** Several nodes over one database: what they know of each other stands there alone. */
class BillingRunTests {
    private final Product product = Product.running();
    private final Map<UUID, Integer> charges = new ConcurrentHashMap<>();

    private Clockwork node() {
        return new Clockwork(
                product,
                (account, attempt) -> {
                    charges.merge(account, 1, Integer::sum);
                    return true;
                });
    }

    /** Paid for a month that has just ended, with a card for the next. */
    private Customer due(Clockwork clockwork) {
        Customer customer = product.emptyAccount();
        customer.inside(
                () ->
                        product.bean(Orders.class)
                                .place(
                                        product.bean(Plans.class).latest("starter").orElseThrow(),
                                        BillingInterval.MONTH,
                                        PaymentType.BANK_TRANSFER));
        clockwork.payOpen(customer);
        clockwork.giveCard(customer);
        product.sql()
                .sql(
                        """
                        UPDATE subscription
                           SET anchor_at = now() - interval '1 month 1 minute',
                               current_period_start = now() - interval '1 month 1 minute',
                               current_period_end = (now() - interval '1 month 1 minute')
                                                    + interval '1 month',
                               next_due_at = (now() - interval '1 month 1 minute')
                                             + interval '1 month'
                         WHERE account_id = ?
                        """)
                .param(customer.accountId())
                .update();
        return customer;
    }

    private void requireRenewedOnce(Customer customer) {
        assertThat(charges.get(customer.accountId())).isEqualTo(1);
        assertThat(
                        product.sql()
                                .sql(
                                        """
                                        SELECT status, count(*) AS invoices FROM invoice
                                         WHERE account_id = ? GROUP BY status
                                        """)
                                .param(customer.accountId())
                                .query(
                                        (row, number) ->
                                                row.getString("status") + row.getInt("invoices"))
                                .list())
                .containsExactly("paid2");
        assertThat(product.count("scheduled_grant", customer.accountId())).isEqualTo(2);
    }

    @Test
    void twoNodesAtOnceRenewEverythingOnce() throws Exception {
        Clockwork first = node();
        Clockwork second = node();
        List<Customer> customers = IntStream.range(0, 90).mapToObj(any -> due(first)).toList();

        try (var nodes = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Long> one = nodes.submit(() -> first.run().all());
            Future<Long> other = nodes.submit(() -> second.run().all());
            assertThat(one.get() + other.get()).isGreaterThanOrEqualTo(customers.size());
        }

        customers.forEach(this::requireRenewedOnce);
    }

    @Test
    void whatANodeLeftWhenItDiedIsFinishedByAnother() throws Exception {
        Clockwork dying =
                new Clockwork(
                        product,
                        (account, attempt) -> {
                            throw new IllegalStateException("Killed in the middle");
                        });
        Clockwork other = node();
        Customer customer = due(other);

        dying.run().all();
        assertThat(other.subscription(customer).status()).isEqualTo(Subscription.Status.PAST_DUE);
        other.run().all();
        assertThat(charges).isEmpty();

        product.clock().later(Duration.ofMinutes(6), () -> other.run().all());

        requireRenewedOnce(customer);
        assertThat(other.subscription(customer).status()).isEqualTo(Subscription.Status.ACTIVE);
    }
}
