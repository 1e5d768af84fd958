package com.igny8.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.igny8.testing.Api;
import com.igny8.testing.Customer;
import com.igny8.testing.Operator;
import com.igny8.testing.Product;
import com.igny8.testing.Reply;

import org.junit.jupiter.api.Test;

import tools.jackson.databind.JsonNode;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** What is sold, as operators set it and customers get it. */
class PlanTests {
    private static final String PLANS = "console/plans/";
    private static final String COSTS = "console/credit-costs/";
    private static final String PACKS = "console/credit-packs/";

    private final Product product = Product.running();
    private final Operator operator = Operator.of(product);
    private final Api console = operator.api();
    private final String slug = "plan-" + UUID.randomUUID();

    private static Map<String, Object> terms(int maxSites) {
        Map<String, Object> terms = new LinkedHashMap<>();
        terms.put("currency", "USD");
        terms.put("monthly_price_minor", 0);
        terms.put("included_credits", 300);
        terms.put("max_sites", maxSites);
        terms.put("max_users", 1);
        terms.put("max_sectors_per_site", 1);
        terms.put("features", List.of("image_gen", "ai_writer", "image_gen"));
        return terms;
    }

    private static Map<String, Object> terms(String field, Object value) {
        Map<String, Object> terms = terms(1);
        terms.put(field, value);
        return terms;
    }

    private Reply newPlan() {
        return console.post(
                        PLANS,
                        Map.of(
                                "slug",
                                slug,
                                "name",
                                "Agency",
                                "is_public",
                                true,
                                "terms",
                                terms(1)))
                .expect(201);
    }

    private void takeBack() {
        console.patch(PLANS + slug + "/", Map.of("is_public", false)).expect(200);
    }

    @Test
    void whoIsOnAPlanKeepsWhatWasAgreed() {
        newPlan();
        Customer early = product.signUp(slug);

        Reply added = console.post(PLANS + slug + "/versions/", terms(2)).expect(201);
        Customer late = product.signUp(slug);
        takeBack();

        early.addSite();
        early.api()
                .post("auth/sites/", Customer.site("Two", "two.example"))
                .expectRefusal(403, "limit_reached");
        late.addSite();
        late.addSite();
        assertThat(late.balance().available()).isEqualTo(300);
        assertThat(added.data().path("versions")).hasSize(2);
        JsonNode plan = console.get(PLANS + slug + "/").expect(200).data();
        assertThat(plan.path("subscribers").asInt()).isEqualTo(2);
        for (JsonNode version : plan.path("versions")) {
            assertThat(version.path("subscribers").asInt()).isEqualTo(1);
        }
        assertThat(plan.path("versions").path(0).path("terms").path("features").toString())
                .isEqualTo("[\"ai_writer\",\"image_gen\"]");
        assertThat(deeds()).containsExactly("plan.created", "plan.terms_changed", "plan.changed");
        product.api()
                .post(
                        "auth/register/",
                        with(Product.registration(Product.freshEmail()), "plan_slug", slug))
                .expectInvalid("plan_slug");
    }

    private static Map<String, Object> with(Map<String, Object> body, String field, Object value) {
        body.put(field, value);
        return body;
    }

    /** What was written down of the plan, under the operator's name. */
    private List<String> deeds() {
        return product.sql()
                .sql(
                        """
                        SELECT action FROM audit_entry JOIN account ON account.id = account_id
                         WHERE is_system AND target = ? AND actor_id = ? ORDER BY audit_entry.id
                        """)
                .params("plan:" + slug, operator.userId())
                .query((row, number) -> row.getString(1))
                .list();
    }

    @Test
    void ofOperatorsWhoSawTheSameOneOnlyOneChangesIt() throws Exception {
        String seen = String.valueOf(newPlan().header("ETag"));
        takeBack();
        console.with("If-Match", seen)
                .post(PLANS + slug + "/versions/", terms(2))
                .expectRefusal(412, "changed_meanwhile");
        String present = String.valueOf(console.get(PLANS + slug + "/").header("ETag"));

        List<Integer> statuses = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Reply>> tries = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                int sites = i + 2;
                tries.add(
                        threads.submit(
                                () ->
                                        console.with("If-Match", present)
                                                .post(PLANS + slug + "/versions/", terms(sites))));
            }
            for (Future<Reply> one : tries) {
                statuses.add(one.get().status());
            }
        }

        assertThat(statuses).containsExactlyInAnyOrder(201, 412, 412, 412);
        assertThat(console.get(PLANS + slug + "/").data().path("versions")).hasSize(2);
    }

    @Test
    void termsThatNobodyCouldAgreeToAreRefusedByTheirField() {
        newPlan();
        takeBack();
        String versions = PLANS + slug + "/versions/";

        console.post(versions, terms("currency", "DOLLAR")).expectInvalid("currency");
        console.post(versions, terms("monthly_price_minor", -1))
                .expectInvalid("monthly_price_minor");
        console.post(versions, terms("annual_price_minor", 100))
                .expectInvalid("annual_price_minor");
        console.post(versions, terms("max_sites", -1)).expectInvalid("max_sites");
        console.post(versions, terms("trial_days", 0)).expectInvalid("trial_days");
        console.post(versions, terms("features", List.of("flying"))).expectInvalid("features");
        console.post(versions, terms("reads_per_minute", -5)).expectInvalid("reads_per_minute");
        console.post(versions, with(terms("credits_once", true), "credits_roll_over", true))
                .expectInvalid("credits_roll_over");
        console.post(versions, terms(1)).expectRefusal(409, "nothing_changed");
        console.post(PLANS, Map.of("slug", slug, "name", "Twice", "terms", terms(1)))
                .expectInvalid("slug");
        console.patch(PLANS + slug + "/", Map.of("name", " ")).expectInvalid("name");
        console.patch(PLANS + "free-trial/", Map.of("is_active", false))
                .expectRefusal(409, "plan_needed");
        console.post(PLANS + "free-trial/versions/", terms(1)).expectInvalid("trial_days");
        console.get(PLANS + "nothing/").expectRefusal(404, "not_found");
        product.signUp().api().post(versions, terms(3)).expectRefusal(403, "operators_only");
        assertThat(console.get(PLANS + slug + "/").data().path("versions")).hasSize(1);
    }

    @Test
    void aCostHoldsFromItsMomentAndCanBeWithdrawnBefore() {
        String soon = product.clock().instant().plus(Duration.ofHours(1)).toString();
        Map<String, Object> cost =
                Map.of("operation", "idea_generation", "credits", 7, "effective_from", soon);

        Reply scheduled = console.once(slug).post(COSTS, cost).expect(201);
        assertThat(console.once(slug).post(COSTS, cost).expect(201).id()).isEqualTo(scheduled.id());
        assertThat(scheduled.data().path("standing").asString()).isEqualTo("scheduled");
        assertThat(PlanTests.inForce(console, "idea_generation")).isEqualTo(2);
        console.post(COSTS, cost).expectRefusal(409, "cost_scheduled");
        console.delete(COSTS + scheduled.id() + "/").expect(204);
        console.delete(COSTS + scheduled.id() + "/").expectRefusal(404, "not_found");

        console.post(COSTS, Map.of("operation", "image_generation", "credits", 6)).expect(201);
        assertThat(inForce(console, "image_generation")).isEqualTo(6);
        assertThat(product.api().get("/pricing").body()).contains(">6</td>");
        UUID old =
                product.sql()
                        .sql(
                                "SELECT id FROM credit_cost WHERE operation = 'image_generation'"
                                        + " ORDER BY effective_from LIMIT 1")
                        .query(UUID.class)
                        .single();
        console.delete(COSTS + old + "/").expectRefusal(409, "cost_in_force");
        console.post(COSTS, Map.of("operation", "image_generation", "credits", 5)).expect(201);

        console.post(COSTS, Map.of("operation", "flying", "credits", 5)).expectInvalid("operation");
        console.post(COSTS, Map.of("operation", "clustering", "credits", -1))
                .expectInvalid("credits");
        console.post(
                        COSTS,
                        Map.of(
                                "operation",
                                "clustering",
                                "credits",
                                1,
                                "effective_from",
                                "2026-01-01T00:00:00Z"))
                .expectInvalid("effective_from");
    }

    private static int inForce(Api console, String operation) {
        for (JsonNode cost : console.get(COSTS).expect(200).results()) {
            if (cost.path("operation").asString().equals(operation)
                    && cost.path("standing").asString().equals("in_force")) {
                return cost.path("credits").asInt();
            }
        }
        throw new AssertionError("No cost of " + operation);
    }

    @Test
    void packsAreOfferedAsOperatorsSetThem() {
        Customer customer = product.signUp();
        assertThat(offered(customer))
                .containsSequence("credits-500", "credits-2000", "credits-10000");
        product.api().get("billing/credit-packs/").expectRefusal(401, "not_authenticated");

        Reply made =
                console.post(
                                PACKS,
                                Map.of(
                                        "slug",
                                        slug,
                                        "credits",
                                        70,
                                        "currency",
                                        "JPY",
                                        "price_minor",
                                        900))
                        .expect(201);
        assertThat(offered(customer)).contains(slug);
        String seen = String.valueOf(made.header("ETag"));
        console.with("If-Match", seen)
                .patch(PACKS + slug + "/", Map.of("is_active", false))
                .expect(200);
        assertThat(offered(customer)).doesNotContain(slug);
        console.with("If-Match", seen)
                .patch(PACKS + slug + "/", Map.of("is_active", true))
                .expectRefusal(412, "changed_meanwhile");
        console.patch(PACKS + slug + "/", Map.of("price_minor", 0)).expectInvalid("price_minor");
        console.patch(PACKS + slug + "/", Map.of("valid_months", 0)).expectInvalid("valid_months");
        console.patch(PACKS + slug + "/", Map.of("currency", "XXX")).expectInvalid("currency");
    }

    private static List<String> offered(Customer customer) {
        return customer.api()
                .get("billing/credit-packs/")
                .expect(200)
                .results()
                .valueStream()
                .map(pack -> pack.path("slug").asString())
                .toList();
    }
}
