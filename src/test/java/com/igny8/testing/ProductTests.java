package com.igny8.testing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProductTests {
    private final Product product = Product.running();

    @Test
    void aCustomerSignsUpAndLooksAround() {
        Customer customer = product.signUp();

        Reply me = customer.api().get("auth/me/").expect(200);

        assertThat(me.data().path("email").asString()).isEqualTo(customer.email());
        assertThat(customer.balance().available()).isEqualTo(2000);
        assertThat(LedgerInvariants.violations(product.superuser())).isEmpty();
    }

    @Test
    void anotherNodeServesTheSameCustomers() {
        try (Product node = product.node("--igny8.throttle.enabled=false")) {
            Customer customer = product.signUp();

            node.api().as(customer.access()).get("auth/me/").expect(200);
        }
    }
}
