package com.igny8.access;

import static com.igny8.access.Operation.operation;
import static com.igny8.access.Request.at;

import com.igny8.tenancy.Role;
import com.igny8.testing.Customer;
import com.igny8.testing.Product;
import com.igny8.testing.World;
import com.igny8.testing.World.Thing;

import java.util.List;
import java.util.Map;

/** How each operation of the API is asked: once, for all tests that try them all. */
final class ApiOperations {
    static final List<Operation> ALL =
            List.of(
                    operation("GET /api/v1/auth/industries/", world -> at()),
                    operation(
                            "POST /api/v1/auth/login/",
                            world ->
                                    at().json(
                                                    Map.of(
                                                            "email",
                                                            elsewhere(world).email(),
                                                            "password",
                                                            Customer.PASSWORD))),
                    operation("POST /api/v1/auth/logout/", world -> at()),
                    operation("GET /api/v1/auth/me/", world -> at()),
                    operation("GET /api/v1/auth/plans/", world -> at()),
                    operation(
                            "POST /api/v1/auth/refresh/",
                            world ->
                                    at().json(Map.of("refresh", world.refreshToken(owner(world))))),
                    operation(
                            "POST /api/v1/auth/register/",
                            world -> at().json(Product.registration(Product.freshEmail()))),
                    operation(
                            "GET /api/v1/auth/sectors/",
                            world -> at().query("site", world.id(Thing.SITE))),
                    operation(
                            "POST /api/v1/auth/sectors/",
                            world ->
                                    at().json(
                                                    Map.of(
                                                            "site",
                                                            world.id(Thing.SITE),
                                                            "name",
                                                            "Storage",
                                                            "industry_sector",
                                                            102))),
                    operation("GET /api/v1/auth/sites/", world -> at()),
                    operation(
                            "POST /api/v1/auth/sites/",
                            world -> at().json(Customer.site("Second", "second.example"))),
                    operation("GET /api/v1/auth/sites/{id}/", world -> at(world.id(Thing.SITE))),
                    operation(
                            "POST /api/v1/auth/verify-email/",
                            world ->
                                    at().json(
                                                    Map.of(
                                                            "token",
                                                            world.verificationToken(
                                                                    owner(world))))),
                    operation("GET /api/v1/billing/credits/balance/", world -> at()),
                    operation("GET /api/v1/billing/credits/transactions/", world -> at()),
                    operation("GET /api/v1/billing/subscription/", world -> at()),
                    operation("GET /api/v1/console/accounts/", world -> at()),
                    operation("GET /api/v1/jobs/", world -> at()),
                    operation("GET /api/v1/jobs/{id}/", world -> at(world.id(Thing.JOB))),
                    operation("POST /api/v1/jobs/{id}/cancel/", world -> at(world.id(Thing.JOB))),
                    operation("GET /api/v1/jobs/{id}/events/", world -> at(world.id(Thing.JOB))),
                    operation(
                            "GET /api/v1/planner/clusters/",
                            world -> at().query("site", world.id(Thing.SITE))),
                    operation(
                            "POST /api/v1/planner/clusters/auto_cluster/",
                            world ->
                                    at().json(
                                                    Map.of(
                                                            "site",
                                                            world.id(Thing.SITE),
                                                            "keyword_ids",
                                                            List.of(world.id(Thing.KEYWORD))))),
                    operation(
                            "GET /api/v1/planner/clusters/{id}/",
                            world -> at(world.id(Thing.CLUSTER))),
                    operation(
                            "PATCH /api/v1/planner/clusters/{id}/",
                            world -> at(world.id(Thing.CLUSTER)).json(Map.of("name", "Renamed"))),
                    operation(
                                    "GET /api/v1/planner/keywords/",
                                    world ->
                                            at().query("site", world.id(Thing.SITE))
                                                    .query("cluster", world.id(Thing.CLUSTER)))
                            .narrowedBy(Thing.CLUSTER),
                    operation(
                            "POST /api/v1/planner/keywords/import/",
                            world ->
                                    at().upload(
                                                    Map.of(
                                                            "site",
                                                            world.id(Thing.SITE),
                                                            "sector",
                                                            world.id(Thing.SECTOR)))),
                    operation(
                            "PATCH /api/v1/planner/keywords/{id}/",
                            world ->
                                    at(world.id(Thing.KEYWORD))
                                            .json(Map.of("cluster", world.id(Thing.CLUSTER)))),
                    operation("GET /api/v1/system/health/", world -> at()));

    private ApiOperations() {}

    private static World.Person owner(World world) {
        return world.member(Role.OWNER);
    }

    /** Somebody who signs in to an account of their own: what they are told of it is theirs. */
    private static World.Person elsewhere(World world) {
        return owner(World.empty(world.product()));
    }
}
