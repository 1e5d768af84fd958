package com.igny8.site;

import com.igny8.testing.Api;
import com.igny8.testing.Customer;
import com.igny8.testing.Product;
import com.igny8.testing.Reply;

import tools.jackson.databind.JsonNode;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** A customer with a site, and an API key for it that may do everything. */
abstract class KeyInHand {
    static final String KEYS = "auth/api-keys/";
    static final List<String> ALL_SCOPES =
            List.of(
                    "sites:read",
                    "keywords:read",
                    "keywords:write",
                    "clusters:read",
                    "clusters:write",
                    "jobs:read",
                    "credits:read");

    final Product product = Product.running();
    final Customer customer = product.signUp();
    final UUID site = customer.addSite();
    final JsonNode made = make(customer, site, ALL_SCOPES);
    final String id = made.path("id").asString();
    final String text = made.path("key").asString();
    final Api key = product.api().as(text);

    static JsonNode make(Customer customer, UUID site, List<String> scopes) {
        return customer.api()
                .post(KEYS, Map.of("name", "Bridge", "site", site, "scopes", scopes))
                .expect(201)
                .data();
    }

    /** Another site of the same account, beyond what its plan allows. */
    UUID otherSite() {
        return product.sql()
                .sql(
                        """
                        INSERT INTO site (account_id, name, slug, domain, industry_id, created_by)
                        VALUES (?, 'Other', 'other', 'other.example', 1, ?) RETURNING id
                        """)
                .params(customer.accountId(), customer.userId())
                .query(UUID.class)
                .single();
    }

    Reply cluster() {
        upload(key, site).expect(200);
        return key.post("planner/clusters/auto_cluster/", Map.of("site", site)).expect(202);
    }

    static UUID jobOf(Reply started) {
        return UUID.fromString(started.data().path("job_id").asString());
    }

    static Reply upload(Api api, UUID site) {
        return api.upload(
                "planner/keywords/import/",
                Map.of("site", site.toString()),
                "k.csv",
                "Keyword\ncrm software\nbest crm\n".getBytes(StandardCharsets.UTF_8));
    }
}
