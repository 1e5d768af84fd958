package com.igny8.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.igny8.testing.Customer;
import com.igny8.testing.Product;

import org.junit.jupiter.api.Test;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

class SigningKeysTests {
    private static List<String> published(Product product) {
        return product.api()
                .get("/.well-known/jwks.json")
                .expect(200)
                .json()
                .path("keys")
                .valueStream()
                .map(key -> key.path("kid").asString())
                .toList();
    }

    /** On a product of its own: the keys of the others must not go away under them. */
    @Test
    void keysTakeTurnsAndTheOldOneVerifiesUntilItsLastTokenHasRunOut() throws Exception {
        Path directory = Product.freshDirectory();
        try (Product product = Product.start(directory, "--igny8.throttle.enabled=false")) {
            List<String> first = published(product);
            assertThat(first).hasSize(1);
            Duration justBefore = Duration.ofDays(30).minusMinutes(5);
            product.clock()
                    .later(
                            justBefore,
                            () -> {
                                Customer customer = product.signUp();
                                product.clock()
                                        .later(
                                                Duration.ofMinutes(10),
                                                () -> assertBothVerify(product, customer, first));
                            });
            product.clock()
                    .later(
                            Duration.ofDays(31).plusHours(1),
                            () ->
                                    assertThat(published(product))
                                            .hasSize(1)
                                            .doesNotContainAnyElementsOf(first));
        }
    }

    @Test
    void aNodeVerifiesWithAKeyThatAnotherMadeAMomentAgo() throws Exception {
        try (Product first =
                        Product.start(Product.freshDirectory(), "--igny8.throttle.enabled=false");
                Product second = first.node("--igny8.throttle.enabled=false")) {
            Duration turn = Duration.ofDays(30);
            second.clock().later(turn.minusSeconds(30), () -> published(second));
            first.clock()
                    .later(
                            turn.plusSeconds(5),
                            () -> {
                                String access = first.signUp().access();
                                second.clock()
                                        .later(
                                                turn.plusSeconds(5),
                                                () ->
                                                        second.api()
                                                                .as(access)
                                                                .get("auth/me/")
                                                                .expect(200));
                            });
        }
    }

    private static void assertBothVerify(Product product, Customer customer, List<String> first) {
        assertThat(published(product)).hasSize(2).containsAll(first);
        customer.api().get("auth/me/").expect(200);
        String access =
                product.api()
                        .post("auth/refresh/", Map.of("refresh", customer.refresh()))
                        .expect(200)
                        .data()
                        .path("access")
                        .asString();
        product.api().as(access).get("auth/me/").expect(200);
    }
}
