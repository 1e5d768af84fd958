package com.igny8.access;

import static com.igny8.access.Operation.operation;
import static com.igny8.access.Request.at;

import com.igny8.testing.World;
import com.igny8.testing.World.Thing;

import java.util.List;
import java.util.Map;

/** Credits: what is spent by programs, what was spent, and how much may be. */
final class CreditOperations {
    private static final String CREDITS = "/api/v1/billing/credits/";

    static final List<Operation> API =
            List.of(
                    operation("GET " + CREDITS + "balance/", world -> at()),
                    operation("GET " + CREDITS + "transactions/", world -> at()),
                    operation("GET " + CREDITS + "transactions/export/", world -> at()),
                    operation("GET " + CREDITS + "usage/", world -> at()),
                    operation("GET " + CREDITS + "budgets/", world -> at()),
                    operation(
                            "POST " + CREDITS + "budgets/",
                            world ->
                                    at().json(
                                                    Map.of(
                                                            "user",
                                                            world.id(Thing.USER),
                                                            "monthly_limit",
                                                            500))),
                    operation(
                            "DELETE " + CREDITS + "budgets/{id}/",
                            world -> at(world.id(Thing.BUDGET))),
                    operation("GET " + CREDITS + "alert/", world -> at()),
                    operation("PUT " + CREDITS + "alert/", world -> at().json(Map.of("below", 10))),
                    operation("POST " + CREDITS + "holds/", world -> at().json(spending(world)))
                            .by(Principal.KEY),
                    operation(
                                    "POST " + CREDITS + "holds/{id}/capture/",
                                    world -> at(world.id(Thing.HOLD)).json(Map.of("amount", 5)))
                            .by(Principal.KEY),
                    operation(
                                    "POST " + CREDITS + "holds/{id}/release/",
                                    world -> at(world.id(Thing.HOLD)))
                            .by(Principal.KEY),
                    operation(
                                    "POST " + CREDITS + "deductions/",
                                    world -> at().json(spending(world)))
                            .by(Principal.KEY),
                    operation(
                                    "POST " + CREDITS + "deductions/batch/",
                                    world -> at().json(Map.of("items", List.of(spending(world)))))
                            .by(Principal.KEY));

    static final List<Operation> PAGES =
            List.of(
                    operation("GET /account/credits", world -> at()),
                    operation("GET /account/credits/statement.csv", world -> at()),
                    operation("GET /account/credits/usage", world -> at()),
                    operation("GET /account/credits/budgets", world -> at()),
                    operation(
                            "POST /account/credits/budgets",
                            world ->
                                    at().form(
                                                    Map.of(
                                                            "of",
                                                            "member:" + world.id(Thing.USER),
                                                            "monthly_limit",
                                                            500))),
                    operation(
                            "POST /account/credits/budgets/{id}/remove",
                            world -> at(world.id(Thing.BUDGET)).form(Map.of())),
                    operation(
                            "POST /account/credits/alert",
                            world -> at().form(Map.of("below", 10))));

    private CreditOperations() {}

    private static Map<String, Object> spending(World world) {
        return Map.of(
                "amount",
                5,
                "operation",
                "image_generation",
                "reference",
                "image:77",
                "site",
                world.id(Thing.SITE));
    }
}
