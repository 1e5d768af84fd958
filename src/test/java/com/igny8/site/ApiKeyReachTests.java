package com.igny8.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.igny8.testing.Api;
import com.igny8.testing.Customer;
import com.igny8.testing.Reply;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import tools.jackson.databind.JsonNode;

import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What a key opens, and what it does not. */
class ApiKeyReachTests extends KeyInHand {
    @Test
    void itActsAsTheBotAndNeverAsAPerson() {
        Reply started = cluster();

        Map<String, @Nullable Object> job =
                product.sql()
                        .sql("SELECT created_by::text, created_by_key FROM job WHERE id = ?")
                        .param(jobOf(started))
                        .query()
                        .singleRow();
        assertThat(job)
                .containsEntry("created_by", "00000000-0000-7000-8000-000000000b07")
                .containsEntry("created_by_key", id);
    }

    @Test
    void itIsConfinedToItsSite() {
        UUID other = otherSite();
        customer.api().get("auth/sites/" + other + "/").expect(200);

        Reply listed = key.get("auth/sites/").expect(200);
        assertThat(listed.results().findValuesAsString("id")).containsExactly(site.toString());
        assertThat(listed.json().path("count").asInt()).isEqualTo(1);
        key.get("auth/sites/" + site + "/").expect(200);
        key.get("auth/sites/" + other + "/").expectRefusal(404, "not_found");
        key.get("auth/sectors/?site=" + other).expectRefusal(404, "not_found");
        key.get("planner/keywords/?site=" + other).expectRefusal(404, "not_found");
        key.get("planner/clusters/?site=" + other).expectRefusal(404, "not_found");
        key.post("planner/clusters/auto_cluster/", Map.of("site", other))
                .expectRefusal(404, "not_found");
        upload(key, other).expectRefusal(404, "not_found");
        assertThat(product.count("keyword", customer.accountId())).isZero();
    }

    @Test
    void thingsOfAnotherSiteAreNotThere() {
        UUID other = otherSite();
        upload(customer.api(), other).expect(200);
        String keyword =
                customer.api()
                        .get("planner/keywords/?site=" + other)
                        .results()
                        .get(0)
                        .path("id")
                        .asString();
        UUID cluster =
                product.sql()
                        .sql(
                                "INSERT INTO cluster (account_id, site_id, name)"
                                        + " VALUES (?, ?, 'theirs') RETURNING id")
                        .params(customer.accountId(), other)
                        .query(UUID.class)
                        .single();

        key.patch("planner/keywords/" + keyword + "/", "{\"cluster\":null}")
                .expectRefusal(404, "not_found");
        key.get("planner/clusters/" + cluster + "/").expectRefusal(404, "not_found");
        key.patch("planner/clusters/" + cluster + "/", Map.of("name", "Mine"))
                .expectRefusal(404, "not_found");
    }

    @Test
    void itSeesTheJobsItBeganAndNoOthers() {
        UUID other = otherSite();
        upload(customer.api(), other).expect(200);
        JsonNode otherKey = make(customer, other, ALL_SCOPES);
        Api otherApi = product.api().as(otherKey.path("key").asString());
        UUID foreign =
                jobOf(otherApi.post("planner/clusters/auto_cluster/", Map.of("site", other)));
        UUID own = jobOf(cluster());

        assertThat(key.get("jobs/").expect(200).results().findValuesAsString("id"))
                .containsExactly(own.toString());
        key.get("jobs/" + own + "/").expect(200);
        key.get("jobs/" + foreign + "/").expectRefusal(404, "not_found");
        key.get("jobs/" + foreign + "/events/").expectRefusal(404, "not_found");
    }

    @ParameterizedTest
    @CsvSource({
        "GET, auth/sites/, sites:read",
        "GET, planner/keywords/?site=SITE, keywords:read",
        "GET, planner/clusters/?site=SITE, clusters:read",
        "GET, jobs/, jobs:read",
        "GET, billing/credits/balance/, credits:read",
        "POST, planner/clusters/auto_cluster/, clusters:write",
    })
    void whatItsScopesDoNotSayItMayNotDo(String method, String path, String scope) {
        List<String> others = ALL_SCOPES.stream().filter(one -> !one.equals(scope)).toList();
        Api without = product.api().as(make(customer, site, others).path("key").asString());
        Api with = product.api().as(make(customer, site, List.of(scope)).path("key").asString());
        String at = path.replace("SITE", site.toString());

        Reply refused = send(without, method, at).expectRefusal(403, "scope_missing");
        assertThat(refused.json().path("scope").asString()).isEqualTo(scope);
        assertThat(send(with, method, at).status()).isNotIn(401, 403);
    }

    private Reply send(Api api, String method, String path) {
        return method.equals("GET") ? api.get(path) : api.post(path, Map.of("site", site));
    }

    @Test
    void whatIsForPeopleIsNotForKeys() {
        for (String path :
                List.of(
                        "auth/me/",
                        KEYS,
                        KEYS + id + "/",
                        "billing/subscription/",
                        "billing/credits/transactions/")) {
            key.get(path).expectRefusal(403, "not_for_api_keys");
        }
        key.post("auth/sites/", Customer.site("Two", "two.example"))
                .expectRefusal(403, "not_for_api_keys");
        key.post("auth/sectors/", Map.of("site", site, "name", "S", "industry_sector", 101))
                .expectRefusal(403, "not_for_api_keys");
        key.post(KEYS, Map.of("name", "More", "site", site, "scopes", ALL_SCOPES))
                .expectRefusal(403, "not_for_api_keys");
        key.post(KEYS + id + "/rotate/", "").expectRefusal(403, "not_for_api_keys");
        key.delete(KEYS + id + "/").expectRefusal(403, "not_for_api_keys");
        key.post("auth/logout/", "").expectRefusal(403, "not_for_api_keys");
        key.get("console/accounts/").expectRefusal(403, "operators_only");
        key.get("auth/industries/").expect(200);
        assertThat(product.count("api_key", customer.accountId())).isOne();
    }

    @Test
    void pagesTakeNoKeys() {
        assertThat(key.get("/sites").status()).isEqualTo(302);
        assertThat(product.api().with("Cookie", "igny8_session=" + text).get("/sites").status())
                .isEqualTo(302);
    }

    @ParameterizedTest
    @CsvSource({
        "403, account_suspended, UPDATE account SET status = 'suspended' WHERE id = ?",
        "403, account_cancelled, UPDATE account SET status = 'cancelled' WHERE id = ?",
        "403, account_deleted, UPDATE account SET deleted_at = now() WHERE id = ?",
        "403, site_deleted, 'UPDATE site SET deleted_at = now(), restore_until = now() WHERE account_id = ?'",
        "402, plan_missing, 'UPDATE subscription SET status = ''canceled'', canceled_at = now()"
                + " WHERE account_id = ?'",
    })
    void itPassesTheSameGateAsPeople(int status, String code, String statement) {
        key.get("auth/sites/").expect(200);

        product.sql().sql(statement).param(customer.accountId()).update();

        key.get("auth/sites/").expectRefusal(status, code);
        key.get("billing/credits/balance/").expectRefusal(status, code);
        key.post("planner/clusters/auto_cluster/", Map.of("site", site))
                .expectRefusal(status, code);
    }

    @Test
    void idempotencyKeysBelongToTheKeyThatSentThem() {
        upload(key, site).expect(200);
        Api other = product.api().as(make(customer, site, ALL_SCOPES).path("key").asString());
        Map<String, Object> body = Map.of("site", site);
        String path = "planner/clusters/auto_cluster/";

        UUID first = jobOf(key.once("k").post(path, body).expect(202));
        assertThat(jobOf(key.once("k").post(path, body).expect(202))).isEqualTo(first);
        await().until(() -> isOver(first));
        assertThat(jobOf(other.once("k").post(path, body).expect(202))).isNotEqualTo(first);
    }

    private boolean isOver(UUID job) {
        String status = customer.api().get("jobs/" + job + "/").data().path("status").asString();
        return !List.of("queued", "running").contains(status);
    }
}
