package com.igny8.testing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;

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
            assertThatNothingIsTakenWithoutKeys(node, customer);
        }
    }

    /** A node that has no keys of payment providers. */
    private static void assertThatNothingIsTakenWithoutKeys(Product node, Customer customer) {
        Map<String, Object> order = Product.registration(Product.freshEmail());
        order.putAll(Map.of("plan_slug", "growth", "payment_method", "stripe"));
        String page =
                PageClient.signedIn(node, customer.email()).get("/account/payments").expect(200).body();

        assertThat(page).contains("Card: coming soon", "PayPal: coming soon");
        node.api().post("auth/register/", order).expectRefusal(409, "provider_not_configured");
        for (String type : List.of("stripe", "paypal")) {
            node.api()
                    .as(customer.access())
                    .post("billing/payment-methods/", Map.of("type", type))
                    .expectRefusal(409, "provider_not_configured");
            node.api()
                    .post("billing/webhooks/" + type + "/", "{}")
                    .expectRefusal(409, "provider_not_configured");
        }
    }
}
