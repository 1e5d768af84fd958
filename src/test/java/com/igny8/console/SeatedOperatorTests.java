package com.igny8.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.igny8.testing.Api;
import com.igny8.testing.Customer;
import com.igny8.testing.PageClient;
import com.igny8.testing.Product;

import org.junit.jupiter.api.Test;

import java.util.Map;
import java.util.UUID;

/** An operator who has a seat at a customer's, and none in the operator's own account. */
class SeatedOperatorTests {
    private final Product product = Product.running();
    private final Customer seated = product.signUp();

    @Test
    void whatTheyDoInTheConsoleStandsInTheOperatorsOwnLog() {
        product.sql()
                .sql("UPDATE app_user SET is_operator = true WHERE id = ?")
                .param(seated.userId())
                .update();
        Api console = product.signIn(seated).api();
        String slug = "seated-" + UUID.randomUUID();

        console.post(
                        "console/credit-packs/",
                        Map.of(
                                "slug",
                                slug,
                                "credits",
                                100,
                                "currency",
                                "USD",
                                "price_minor",
                                500,
                                "is_active",
                                false))
                .expect(201);
        PageClient.signedIn(product, seated.email()).get("/console/security").expect(200);

        assertThat(
                        product.sql()
                                .sql(
                                        """
                                        SELECT action, is_system
                                          FROM audit_entry JOIN account ON account.id = account_id
                                         WHERE actor_id = ?
                                           AND action IN ('credit_pack.created',
                                                          'security_events.read')
                                        """)
                                .param(seated.userId())
                                .query(
                                        (row, number) ->
                                                Map.entry(row.getString(1), row.getBoolean(2)))
                                .list())
                .containsExactlyInAnyOrder(
                        Map.entry("credit_pack.created", true),
                        Map.entry("security_events.read", true));
    }
}
