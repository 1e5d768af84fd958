package com.igny8.billing;

import static org.assertj.core.api.Assertions.assertThat;

import com.igny8.tenancy.Columns;
import com.igny8.testing.Product;

import org.junit.jupiter.api.Test;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Renewals wait for each other's numbers, but not for anything that comes before them. */
class NumberLastTests {
    private static final long PATIENCE_SECONDS = 20;

    private final Product product = Product.running();
    private final BillingRun run = product.bean(BillingRun.class);

    @Test
    void whoeverWaitsForCreditsHoldsUpNobodyElsesInvoice() throws Exception {
        List<UUID> two = due();
        try (Connection somebody = product.superuser().getConnection();
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            somebody.setAutoCommit(false);
            hold(somebody, two.getFirst());
            Future<?> waits = threads.submit(() -> run.account(two.getFirst()));
            product.awaitSomebodyWhoWaits();

            threads.submit(() -> run.account(two.getLast()))
                    .get(PATIENCE_SECONDS, TimeUnit.SECONDS);

            assertThat(numbered(two.getLast())).isTrue();
            assertThat(waits.isDone()).isFalse();
            somebody.rollback();
            waits.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            assertThat(numbered(two.getFirst())).isTrue();
        }
    }

    private List<UUID> due() {
        DueRenewals.make(product.sql(), DueRenewals.PaidBy.BALANCE, 2);
        return product.sql()
                .sql("SELECT id FROM account WHERE name = 'balance' ORDER BY id DESC LIMIT 2")
                .query((row, number) -> Columns.uuid(row, "id"))
                .list();
    }

    private static void hold(Connection somebody, UUID account) throws Exception {
        try (PreparedStatement lock =
                somebody.prepareStatement(
                        "SELECT FROM credit_balance WHERE account_id = ? FOR UPDATE")) {
            lock.setObject(1, account);
            lock.execute();
        }
    }

    private boolean numbered(UUID account) {
        return product.sql()
                .sql(
                        """
                        SELECT EXISTS (SELECT FROM invoice
                            WHERE account_id = ? AND status = 'paid' AND number IS NOT NULL)
                        """)
                .param(account)
                .query(Boolean.class)
                .single();
    }
}
