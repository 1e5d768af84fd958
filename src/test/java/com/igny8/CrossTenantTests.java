package com.igny8;

import static org.assertj.core.api.Assertions.assertThat;

import com.igny8.testing.Customer;
import com.igny8.testing.Product;
import com.igny8.testing.Reply;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/**
 * Drives every endpoint that takes an id with the ids of another account: it must answer as if
 * there were no such thing, and change nothing. An endpoint that is in neither list fails the test,
 * so that a new one is not forgotten.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CrossTenantTests {
    /** What belongs to the account that is attacked. */
    record Loot(UUID site, UUID sector, UUID cluster, UUID keyword, UUID job) {}

    /** Asks for another account's things, signed in as somebody else. */
    interface Attack extends BiFunction<Customer, Loot, Reply> {}

    /**
     * Every endpoint that takes an id of something that belongs to an account; where one takes
     * several, once more for each, with what it is in brackets.
     */
    private static final Map<String, Attack> WITH_IDS =
            Map.ofEntries(
                    attack(
                            "GET /api/v1/auth/sites/{id}/",
                            (who, loot) -> who.api().get("auth/sites/" + loot.site() + "/")),
                    attack(
                            "GET /api/v1/auth/sectors/",
                            (who, loot) -> who.api().get("auth/sectors/?site=" + loot.site())),
                    attack(
                            "POST /api/v1/auth/sectors/",
                            (who, loot) ->
                                    who.api()
                                            .post(
                                                    "auth/sectors/",
                                                    Map.of(
                                                            "site",
                                                            loot.site(),
                                                            "name",
                                                            "Mine",
                                                            "industry_sector",
                                                            104))),
                    attack(
                            "POST /api/v1/planner/keywords/import/",
                            (who, loot) ->
                                    who.api()
                                            .upload(
                                                    "planner/keywords/import/",
                                                    Map.of("site", loot.site().toString()),
                                                    "keywords.csv",
                                                    bytes("Keyword\nmine now\n"))),
                    attack(
                            "GET /api/v1/planner/keywords/",
                            (who, loot) -> who.api().get("planner/keywords/?site=" + loot.site())),
                    attack(
                            "PATCH /api/v1/planner/keywords/{id}/",
                            (who, loot) ->
                                    who.api()
                                            .patch(
                                                    "planner/keywords/" + loot.keyword() + "/",
                                                    Map.of("cluster", loot.cluster()))),
                    attack(
                            "POST /api/v1/planner/clusters/auto_cluster/",
                            (who, loot) ->
                                    who.api()
                                            .post(
                                                    "planner/clusters/auto_cluster/",
                                                    Map.of("site", loot.site()))),
                    attack(
                            "GET /api/v1/planner/clusters/",
                            (who, loot) -> who.api().get("planner/clusters/?site=" + loot.site())),
                    attack(
                            "GET /api/v1/planner/clusters/{id}/",
                            (who, loot) ->
                                    who.api().get("planner/clusters/" + loot.cluster() + "/")),
                    attack(
                            "PATCH /api/v1/planner/clusters/{id}/",
                            (who, loot) ->
                                    who.api()
                                            .patch(
                                                    "planner/clusters/" + loot.cluster() + "/",
                                                    Map.of("name", "Mine"))),
                    attack(
                            "GET /api/v1/jobs/{id}/",
                            (who, loot) -> who.api().get("jobs/" + loot.job() + "/")),
                    attack(
                            "GET /api/v1/jobs/{id}/events/",
                            (who, loot) -> who.api().get("jobs/" + loot.job() + "/events/")),
                    attack(
                            "POST /api/v1/jobs/{id}/cancel/",
                            (who, loot) ->
                                    who.api().post("jobs/" + loot.job() + "/cancel/", "{}")));

    private static Map.Entry<String, Attack> attack(String endpoint, Attack attack) {
        return Map.entry(endpoint, attack);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Those that take none: they speak of the caller's own account, or of nobody's. */
    private static final Set<String> WITHOUT_IDS =
            Set.of(
                    "POST /api/v1/auth/register/",
                    "POST /api/v1/auth/login/",
                    "POST /api/v1/auth/refresh/",
                    "POST /api/v1/auth/logout/",
                    "POST /api/v1/auth/verify-email/",
                    "GET /api/v1/auth/me/",
                    "GET /api/v1/auth/plans/",
                    "GET /api/v1/auth/industries/",
                    "GET /api/v1/auth/sites/",
                    "POST /api/v1/auth/sites/",
                    "GET /api/v1/billing/credits/balance/",
                    "GET /api/v1/billing/credits/transactions/",
                    "GET /api/v1/billing/subscription/",
                    "GET /api/v1/jobs/",
                    "GET /api/v1/system/health/",
                    "GET /api/v1/console/accounts/");

    private final Product product = Product.running();
    private Customer owner;
    private Customer thief;
    private Loot loot;
    private Loot own;

    @BeforeAll
    void twoAccounts() {
        owner = product.signUp();
        loot = populated(owner);
        thief = product.signUp();
        own = populated(thief);
    }

    private static Attack attackOn(String endpoint) {
        return Objects.requireNonNull(WITH_IDS.get(endpoint));
    }

    static Stream<String> endpoints() {
        return WITH_IDS.keySet().stream().sorted();
    }

    @ParameterizedTest
    @MethodSource("endpoints")
    void whatBelongsToAnotherAccountIsNotThere(String endpoint) throws SQLException {
        String before = everythingOf(owner);

        attackOn(endpoint).apply(thief, loot).expectRefusal(404, "not_found");

        assertThat(everythingOf(owner)).isEqualTo(before);
    }

    @ParameterizedTest
    @MethodSource("endpoints")
    void theOwnerReachesItOrTheOthersWouldProveNothing(String endpoint) {
        Customer somebody = product.signUp();

        Reply reply = attackOn(endpoint).apply(somebody, populated(somebody));

        assertThat(reply.status()).as(reply.body()).isBetween(200, 299);
    }

    @Test
    void ownThingsCannotBeTiedToAnotherAccounts() throws SQLException {
        String before = everythingOf(owner);

        thief.api()
                .patch("planner/keywords/" + own.keyword() + "/", Map.of("cluster", loot.cluster()))
                .expectRefusal(404, "not_found");
        thief.api()
                .post(
                        "planner/clusters/auto_cluster/",
                        Map.of(
                                "site",
                                own.site(),
                                "keyword_ids",
                                List.of(own.keyword(), loot.keyword())))
                .expectRefusal(404, "not_found");
        thief.api()
                .upload(
                        "planner/keywords/import/",
                        Map.of("site", own.site().toString(), "sector", loot.sector().toString()),
                        "keywords.csv",
                        bytes("Keyword\nmine now\n"))
                .expectRefusal(404, "not_found");
        assertThat(
                        thief.api()
                                .get(
                                        "planner/keywords/?site=%s&cluster=%s"
                                                .formatted(own.site(), loot.cluster()))
                                .results())
                .isEmpty();
        assertThat(everythingOf(owner)).isEqualTo(before);
    }

    @Test
    void everyEndpointIsInTheMatrixOrTakesNoIds() {
        Set<String> there = new TreeSet<>();
        product.bean(RequestMappingHandlerMapping.class)
                .getHandlerMethods()
                .keySet()
                .forEach(
                        mapping ->
                                mapping.getPatternValues().stream()
                                        .filter(pattern -> pattern.startsWith("/api/v1/"))
                                        .forEach(
                                                pattern ->
                                                        mapping.getMethodsCondition()
                                                                .getMethods()
                                                                .forEach(
                                                                        method ->
                                                                                there.add(
                                                                                        method + " "
                                                                                                + pattern))));
        Set<String> known = new TreeSet<>(WITH_IDS.keySet());
        known.addAll(WITHOUT_IDS);

        assertThat(there).isEqualTo(known);
    }

    @Test
    void listsShowTheCallersOwnOnly() {
        assertThat(thief.api().get("auth/sites/").expect(200).results().findValuesAsString("id"))
                .hasSize(1)
                .doesNotContain(loot.site().toString());
    }

    /** A customer's site with one of everything on it, put there directly. */
    private Loot populated(Customer customer) {
        UUID site = customer.addSite();
        UUID sector = customer.addSector(site);
        UUID cluster =
                insert(
                        "INSERT INTO cluster (account_id, site_id, name) VALUES (?, ?, 'theirs')",
                        customer.accountId(),
                        site);
        UUID keyword =
                insert(
                        """
                        INSERT INTO keyword (account_id, site_id, keyword, folded)
                        VALUES (?, ?, 'theirs', 'theirs')
                        """,
                        customer.accountId(),
                        site);
        UUID job =
                insert(
                        """
                        INSERT INTO job (account_id, type, status, site_id, payload, created_by,
                            run_at, created_at, finished_at)
                        VALUES (?, 'clustering', 'succeeded', ?, '{}', ?, now(), now(), now())
                        """,
                        customer.accountId(),
                        site,
                        customer.userId());
        return new Loot(site, sector, cluster, keyword, job);
    }

    private UUID insert(String statement, Object... parameters) {
        return product.sql()
                .sql(statement + " RETURNING id")
                .params(parameters)
                .query(UUID.class)
                .single();
    }

    private String everythingOf(Customer customer) {
        List<String> tables =
                product.sql()
                        .sql(
                                """
                                SELECT table_name FROM information_schema.columns
                                 WHERE table_schema = 'public' AND column_name = 'account_id'
                                 ORDER BY table_name
                                """)
                        .query((row, number) -> row.getString(1))
                        .list();
        StringBuilder all = new StringBuilder();
        for (String table : tables) {
            all.append(table)
                    .append(
                            product.sql()
                                    .sql(
                                            "SELECT row::text FROM "
                                                    + table
                                                    + " row WHERE account_id = ? ORDER BY 1")
                                    .param(customer.accountId())
                                    .query((row, number) -> row.getString(1))
                                    .list());
        }
        return all.toString();
    }
}
