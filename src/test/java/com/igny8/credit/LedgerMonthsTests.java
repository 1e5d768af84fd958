package com.igny8.credit;

import static org.assertj.core.api.Assertions.assertThat;

import com.igny8.tenancy.PlatformTransactions;
import com.igny8.testing.Product;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.jdbc.core.simple.JdbcClient;

import java.sql.Connection;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** On a product of its own: what others wrote, with the clock put forward, would be dropped. */
@Timeout(60)
class LedgerMonthsTests {
    private final Product product = Product.start(Product.freshDirectory());
    private final PlatformTransactions platform = product.bean(PlatformTransactions.class);
    private final JdbcClient superuser = JdbcClient.create(product.superuser());
    private final String last =
            "credit_entry_"
                    + YearMonth.now(ZoneOffset.UTC)
                            .plusMonths(3)
                            .format(DateTimeFormatter.ofPattern("yyyy_MM"));

    @AfterEach
    void stop() {
        product.close();
    }

    /** Guard: who waits for a backup to end stops everybody who would write to the ledger. */
    @Test
    void whoeverReadsTheLedgerForLongIsNotWaitedFor() throws Exception {
        superuser.sql("DROP TABLE " + last).update();
        try (Connection reader = product.superuser().getConnection()) {
            reader.setAutoCommit(false);
            reader.createStatement().execute("SELECT FROM credit_entry LIMIT 1");

            LedgerMonths.make(platform);

            assertThat(isThere()).isFalse();
            reader.rollback();
        }
        LedgerMonths.make(platform);
        assertThat(isThere()).isTrue();
    }

    private boolean isThere() {
        return superuser
                .sql("SELECT to_regclass(?) IS NOT NULL")
                .param(last)
                .query(Boolean.class)
                .single();
    }
}
