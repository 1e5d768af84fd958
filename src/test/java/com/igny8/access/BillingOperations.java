package com.igny8.access;

import static com.igny8.access.Operation.operation;
import static com.igny8.access.Request.at;

import com.igny8.testing.World;
import com.igny8.testing.World.Thing;

import java.util.List;
import java.util.Map;

/** Plans, their changes and their end, and what is bought beside them. */
final class BillingOperations {
    /** What the account is on: chosen again, it is kept after all. */
    private static final String PLAN = "enterprise";

    static final List<Operation> API =
            List.of(
                    operation(
                                    "POST /api/v1/billing/change-plan/preview/",
                                    world -> at().json(Map.of("plan_slug", PLAN)))
                            .after(BillingOperations::cancelled),
                    operation(
                                    "POST /api/v1/billing/change-plan/",
                                    world -> at().json(Map.of("plan_slug", PLAN)))
                            .after(BillingOperations::cancelled),
                    operation("POST /api/v1/billing/cancel/", world -> at()),
                    operation("POST /api/v1/billing/resume/", world -> at())
                            .after(BillingOperations::cancelled),
                    operation(
                            "POST /api/v1/billing/credit-packs/{slug}/buy/",
                            world -> at("credits-500")),
                    operation(
                                    "POST /api/v1/console/accounts/{id}/test-clock/",
                                    world -> at(world.accountId()))
                            .by(Principal.OPERATOR)
                            .after(BillingOperations::inEverybodysTime),
                    operation(
                                    "POST /api/v1/console/accounts/{id}/test-clock/advance/",
                                    world -> at(world.accountId()).json(Map.of("days", 1)))
                            .by(Principal.OPERATOR));

    static final List<Operation> PAGES =
            List.of(
                    operation(
                            "GET /account/invoices/{id}/pay", world -> at(world.id(Thing.INVOICE))),
                    operation("GET /account/plan", world -> at()),
                    operation("POST /account/plan", world -> at().form(Map.of("plan", PLAN)))
                            .after(BillingOperations::cancelled),
                    operation("GET /account/cancel", world -> at()),
                    operation("POST /account/cancel", world -> at().form(Map.of())),
                    operation("POST /account/resume", world -> at().form(Map.of()))
                            .after(BillingOperations::cancelled),
                    operation("GET /account/credit-packs", world -> at()),
                    operation(
                            "POST /account/credit-packs/{slug}",
                            world -> at("credits-500").form(Map.of())),
                    operation(
                                    "POST /console/accounts/{id}/test-clock",
                                    world -> at(world.accountId()).form(Map.of()))
                            .by(Principal.OPERATOR)
                            .after(BillingOperations::inEverybodysTime),
                    operation(
                                    "POST /console/accounts/{id}/test-clock/advance",
                                    world -> at(world.accountId()).form(Map.of("days", "1")))
                            .by(Principal.OPERATOR));

    private BillingOperations() {}

    private static void cancelled(World world) {
        update(world, "UPDATE subscription SET cancel_at_period_end = true WHERE account_id = ?");
    }

    /** And without any payment, or it is a customer. */
    private static void inEverybodysTime(World world) {
        update(world, "DELETE FROM test_clock WHERE account_id = ?");
        update(
                world,
                """
                UPDATE payment SET status = 'failed', failure_code = 'test', refunded_minor = 0,
                       settled_at = now()
                 WHERE account_id = ?
                """);
    }

    private static void update(World world, String statement) {
        world.product().sql().sql(statement).param(world.accountId()).update();
    }
}
