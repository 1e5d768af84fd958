package com.igny8.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.igny8.testing.Customer;
import com.igny8.testing.Product;

import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

import tools.jackson.databind.JsonNode;

import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The list of sites is remembered, and yet it is never an old one. */
class RememberedSitesTests {
    private static final String SITES = "auth/sites/";

    private final Product product = Product.running();
    private final Customer customer = product.signUp();

    private List<String> names() {
        return customer.api()
                .get(SITES)
                .expect(200)
                .results()
                .valueStream()
                .map(site -> site.path("name"))
                .map(JsonNode::asString)
                .toList();
    }

    @Test
    void theVeryNextRequestSeesWhatWasAddedChangedDeletedAndRestored() {
        assertThat(names()).isEmpty();

        String site = SITES + customer.addSite() + "/";
        assertThat(names()).containsExactly("Site");

        customer.api().patch(site, Map.of("name", "Another")).expect(200);
        assertThat(names()).containsExactly("Another");

        customer.api().delete(site).expect(200);
        assertThat(names()).isEmpty();

        customer.api().post(site + "restore/", Map.of()).expect(200);
        assertThat(names()).containsExactly("Another");
    }

    @Test
    void whatIsChangedElsewhereIsSeenAMomentLater() {
        UUID site = customer.addSite();
        assertThat(names()).containsExactly("Site");

        JdbcClient.create(product.superuser())
                .sql("UPDATE site SET name = 'Elsewhere' WHERE id = ?")
                .param(site)
                .update();

        await().until(() -> names().equals(List.of("Elsewhere")));
    }
}
