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
    record Loot(UUID site, UUID sector) {}

    /** Asks for another account's things, signed in as somebody else. */
    interface Attack extends BiFunction<Customer, Loot, Reply> {}

    /** Every endpoint that takes an id of something that belongs to an account. */
    private static final Map<String, Attack> WITH_IDS =
            Map.of(
                    "GET /api/v1/auth/sites/{id}/",
                    (thief, loot) -> thief.api().get("auth/sites/" + loot.site() + "/"),
                    "GET /api/v1/auth/sectors/",
                    (thief, loot) -> thief.api().get("auth/sectors/?site=" + loot.site()),
                    "POST /api/v1/auth/sectors/",
                    (thief, loot) ->
                            thief.api()
                                    .post(
                                            "auth/sectors/",
                                            Map.of(
                                                    "site",
                                                    loot.site(),
                                                    "name",
                                                    "Mine",
                                                    "industry_sector",
                                                    104)));

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
                    "GET /api/v1/billing/subscription/");

    private final Product product = Product.running();
    private Customer owner;
    private Customer thief;
    private Loot loot;

    @BeforeAll
    void twoAccounts() {
        owner = product.signUp();
        UUID site = owner.addSite();
        loot = new Loot(site, owner.addSector(site));
        thief = product.signUp();
        thief.addSite();
    }

    private static Attack attack(String endpoint) {
        return Objects.requireNonNull(WITH_IDS.get(endpoint));
    }

    static Stream<String> endpoints() {
        return WITH_IDS.keySet().stream().sorted();
    }

    @ParameterizedTest
    @MethodSource("endpoints")
    void whatBelongsToAnotherAccountIsNotThere(String endpoint) throws SQLException {
        String before = everythingOf(owner);

        attack(endpoint).apply(thief, loot).expectRefusal(404, "not_found");

        assertThat(everythingOf(owner)).isEqualTo(before);
    }

    @ParameterizedTest
    @MethodSource("endpoints")
    void theOwnerReachesItOrTheOthersWouldProveNothing(String endpoint) {
        assertThat(attack(endpoint).apply(owner, loot).status()).isBetween(200, 299);
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
