package com.igny8.access;

import static com.igny8.access.Operation.operation;
import static com.igny8.access.Request.at;

import com.igny8.testing.World;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What is sold: plans, packs and costs, which operators set. */
final class CatalogueOperations {
    private static final Map<String, Object> TERMS =
            Map.of(
                    "currency", "USD",
                    "monthly_price_minor", 100,
                    "included_credits", 5,
                    "max_sites", 1,
                    "max_users", 1,
                    "max_sectors_per_site", 1,
                    "features", List.of());

    private static final Map<String, Object> TYPED_TERMS =
            Map.of(
                    "currency", "USD",
                    "monthly_price", "1.00",
                    "included_credits", "7",
                    "max_sites", "1",
                    "max_users", "1",
                    "max_sectors_per_site", "1",
                    "name", "Another",
                    "position", "100");

    private static final Map<String, Object> PACK =
            Map.of(
                    "credits", "70",
                    "currency", "USD",
                    "price", "7.00",
                    "valid_months", "12",
                    "position", "100");

    static final List<Operation> API =
            List.of(
                    operation("GET /api/v1/billing/credit-packs/", world -> at()),
                    operation("GET /api/v1/console/plans/", world -> at()),
                    operation("GET /api/v1/console/plans/{slug}/", world -> at("growth")),
                    operation(
                                    "POST /api/v1/console/plans/",
                                    world ->
                                            at().json(
                                                            Map.of(
                                                                    "slug", fresh(), "name",
                                                                    "Another", "terms", TERMS)))
                            .by(Principal.OPERATOR),
                    operation(
                                    "PATCH /api/v1/console/plans/{slug}/",
                                    world -> at(plan(world)).json(Map.of("position", 101)))
                            .by(Principal.OPERATOR),
                    operation(
                                    "POST /api/v1/console/plans/{slug}/versions/",
                                    world -> at(plan(world)).json(TERMS))
                            .by(Principal.OPERATOR),
                    operation("GET /api/v1/console/credit-costs/", world -> at()),
                    operation(
                                    "POST /api/v1/console/credit-costs/",
                                    world ->
                                            at().json(
                                                            Map.of(
                                                                    "operation",
                                                                    "image_prompt_extraction",
                                                                    "credits",
                                                                    2)))
                            .by(Principal.OPERATOR),
                    operation(
                                    "DELETE /api/v1/console/credit-costs/{id}/",
                                    world -> at(costToCome(world)))
                            .by(Principal.OPERATOR),
                    operation("GET /api/v1/console/credit-packs/", world -> at()),
                    operation(
                            "GET /api/v1/console/credit-packs/{slug}/", world -> at("credits-500")),
                    operation(
                                    "POST /api/v1/console/credit-packs/",
                                    world ->
                                            at().json(
                                                            Map.of(
                                                                    "slug",
                                                                    fresh(),
                                                                    "credits",
                                                                    5,
                                                                    "currency",
                                                                    "USD",
                                                                    "price_minor",
                                                                    100,
                                                                    "is_active",
                                                                    false)))
                            .by(Principal.OPERATOR),
                    operation(
                                    "PATCH /api/v1/console/credit-packs/{slug}/",
                                    world ->
                                            at(pack(world))
                                                    .json(Map.of("credits", 500, "position", 101)))
                            .by(Principal.OPERATOR));

    static final List<Operation> PAGES =
            List.of(
                    operation("GET /console/plans", world -> at()),
                    operation("GET /console/plans/new", world -> at()),
                    operation(
                                    "POST /console/plans/new",
                                    world -> at().form(with(TYPED_TERMS, "slug", fresh())))
                            .by(Principal.OPERATOR),
                    operation("GET /console/plans/{slug}", world -> at("growth")),
                    operation(
                                    "POST /console/plans/{slug}",
                                    world ->
                                            at(plan(world))
                                                    .form(
                                                            Map.of(
                                                                    "name", "Another",
                                                                    "position", "100",
                                                                    "is_active", "true")))
                            .by(Principal.OPERATOR),
                    operation("GET /console/plans/{slug}/version", world -> at("growth")),
                    operation(
                                    "POST /console/plans/{slug}/version",
                                    world -> at(plan(world)).form(TYPED_TERMS))
                            .by(Principal.OPERATOR),
                    operation("GET /console/credit-costs", world -> at()),
                    operation(
                                    "POST /console/credit-costs",
                                    world ->
                                            at().form(
                                                            Map.of(
                                                                    "operation",
                                                                    "image_prompt_extraction",
                                                                    "credits",
                                                                    "2")))
                            .by(Principal.OPERATOR),
                    operation(
                                    "POST /console/credit-costs/{id}/withdraw",
                                    world -> at(costToCome(world)).form(Map.of()))
                            .by(Principal.OPERATOR),
                    operation("GET /console/credit-packs", world -> at()),
                    operation("GET /console/credit-packs/new", world -> at()),
                    operation(
                                    "POST /console/credit-packs/new",
                                    world -> at().form(with(PACK, "slug", fresh())))
                            .by(Principal.OPERATOR),
                    operation("GET /console/credit-packs/{slug}", world -> at("credits-500")),
                    operation(
                                    "POST /console/credit-packs/{slug}",
                                    world -> at(pack(world)).form(PACK))
                            .by(Principal.OPERATOR));

    private CatalogueOperations() {}

    private static String fresh() {
        return "matrix-" + UUID.randomUUID();
    }

    private static Map<String, Object> with(Map<String, Object> fields, String name, Object value) {
        Map<String, Object> more = new LinkedHashMap<>(fields);
        more.put(name, value);
        return more;
    }

    /** A plan that nobody is on. */
    private static String plan(World world) {
        return world.product()
                .sql()
                .sql(
                        """
                        WITH own AS (
                            INSERT INTO plan (slug, name, is_public, position)
                            VALUES (?, 'Matrix', false, 100) RETURNING id, slug),
                        terms AS (
                            INSERT INTO plan_version (plan_id, version, currency,
                                monthly_price_minor, included_credits, credits_once, max_sites,
                                max_users, max_sectors_per_site, features)
                            SELECT id, 1, 'USD', 0, 0, false, 1, 1, 1, '{}' FROM own)
                        SELECT slug FROM own
                        """)
                .param(fresh())
                .query(String.class)
                .single();
    }

    private static UUID costToCome(World world) {
        return world.product()
                .sql()
                .sql(
                        """
                        INSERT INTO credit_cost (operation, unit, credits, effective_from)
                        SELECT 'image_prompt_extraction', 'article', 2,
                               now() + interval '1 year' + random() * interval '1 year'
                        RETURNING id
                        """)
                .query(UUID.class)
                .single();
    }

    private static String pack(World world) {
        return world.product()
                .sql()
                .sql(
                        """
                        INSERT INTO credit_pack (slug, credits, currency, price_minor, is_active,
                            position)
                        VALUES (?, 5, 'USD', 100, false, 100) RETURNING slug
                        """)
                .param(fresh())
                .query(String.class)
                .single();
    }
}
