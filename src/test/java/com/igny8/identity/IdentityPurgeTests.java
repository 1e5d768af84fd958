package com.igny8.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.igny8.tenancy.PlatformTransactions;
import com.igny8.testing.Customer;
import com.igny8.testing.Mailbox;
import com.igny8.testing.PageClient;
import com.igny8.testing.Product;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

class IdentityPurgeTests {
    private static final List<String> TABLES =
            List.of(
                    "web_session",
                    "refresh_token",
                    "email_verification",
                    "password_reset",
                    "second_factor",
                    "email_change");

    private final Product product = Product.running();

    /** Of this person alone, since tests share the product. */
    private long rows(Customer customer) {
        return TABLES.stream()
                .mapToLong(
                        table ->
                                product.sql()
                                        .sql("SELECT count(*) FROM " + table + " WHERE user_id = ?")
                                        .param(customer.userId())
                                        .query(Long.class)
                                        .single())
                .sum();
    }

    @Test
    void whatIsOverIsForgottenAndWhatIsNotStays() {
        Customer customer = product.signUp();
        PageClient.signedIn(customer);
        product.api().post("auth/password-reset/", Map.of("email", customer.email())).expect(200);
        assertThat(new Mailbox(product, customer.email()).letters("password_reset")).hasSize(1);
        Map<String, String> password = Map.of("password", Customer.PASSWORD);
        customer.api().post("auth/second-factor/", password).expect(200);
        customer.api()
                .post(
                        "auth/change-email/",
                        Map.of("email", Product.freshEmail(), "password", Customer.PASSWORD))
                .expect(200);
        assertThat(rows(customer)).isEqualTo(TABLES.size());

        purgeAsIf(Duration.ofHours(1));
        assertThat(rows(customer)).isEqualTo(TABLES.size());

        // As later the rows of this person alone are, not the clock: others' must not go
        age(customer, "refresh_token", "expires_at");
        age(customer, "web_session", "expires_at");
        age(customer, "email_verification", "expires_at");
        age(customer, "password_reset", "expires_at");
        age(customer, "second_factor", "created_at");
        age(customer, "email_change", "undo_until");
        purgeAsIf(Duration.ZERO);
        assertThat(rows(customer)).isZero();
    }

    private void purgeAsIf(Duration later) {
        IdentityPurge.purge(product.bean(PlatformTransactions.class), Instant.now().plus(later));
    }

    private void age(Customer customer, String table, String column) {
        product.sql()
                .sql(
                        "UPDATE %s SET %s = now() - interval '60 days' WHERE user_id = ?"
                                .formatted(table, column))
                .param(customer.userId())
                .update();
    }
}
