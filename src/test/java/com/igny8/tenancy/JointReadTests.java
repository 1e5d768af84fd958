package com.igny8.tenancy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.igny8.testing.Customer;
import com.igny8.testing.Product;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.dao.DataAccessResourceFailureException;

import java.time.Duration;
import java.util.Optional;

import javax.sql.DataSource;

@Timeout(30)
class JointReadTests {
    /** Says nothing for long to whoever asks first, whose session has the lock meanwhile. */
    private static final String SILENT_AT_FIRST =
            "(SELECT pg_sleep(CASE WHEN pg_try_advisory_lock(%d) THEN 60 ELSE 0 END)) AS nap,"
                            .formatted(JointReadTests.class.hashCode())
                    + " LATERAL credit_balances";

    private final Product product = Product.running();

    /** Guard: one connection that died would keep everybody's balance for as long as pools wait. */
    @Test
    void oneConnectionThatFallsSilentDoesNotHoldUpTheNext() {
        Customer customer = product.emptyAccount().withCredits(7);
        JointRead<Long> read =
                new JointRead<>(
                        product.bean(TenantTransactions.class),
                        product.bean("tenantDataSource", DataSource.class),
                        product.bean(AccessChanges.class),
                        SILENT_AT_FIRST,
                        (row, number) -> row.getLong("balance"),
                        Duration.ofSeconds(3));

        assertThatThrownBy(() -> customer.inside(read::get))
                .isInstanceOf(DataAccessResourceFailureException.class);
        Optional<Long> balance = customer.inside(read::get);
        assertThat(balance).contains(7L);
    }
}
