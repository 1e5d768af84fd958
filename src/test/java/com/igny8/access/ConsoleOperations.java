package com.igny8.access;

import static com.igny8.access.Operation.operation;
import static com.igny8.access.Request.at;

import com.igny8.credit.Ledger;
import com.igny8.testing.Product;
import com.igny8.testing.World;
import com.igny8.testing.World.Thing;

import java.util.List;
import java.util.Map;

/** The operator's console, opened at the account. */
final class ConsoleOperations {
    static final List<Operation> API =
            List.of(
                    operation("GET /api/v1/console/accounts/", world -> at()),
                    operation("GET /api/v1/console/ledger-check/", world -> at()),
                    operation("GET /api/v1/console/accounts/{id}/", world -> at(world.accountId()))
                            .writtenDown(),
                    operation(
                                    "POST /api/v1/console/accounts/{id}/suspend/",
                                    world -> at(world.accountId()).json(Map.of("reason", "A test")))
                            .by(Principal.OPERATOR),
                    operation(
                                    "POST /api/v1/console/accounts/{id}/reinstate/",
                                    world -> at(world.accountId()))
                            .by(Principal.OPERATOR)
                            .after(World::suspended),
                    operation(
                                    "POST /api/v1/console/accounts/{id}/credits/",
                                    world ->
                                            at(world.accountId())
                                                    .json(Map.of("amount", 5, "reason", "A test")))
                            .by(Principal.OPERATOR),
                    operation(
                                    "POST /api/v1/console/accounts/{id}/credits/refunds/",
                                    world ->
                                            at(world.accountId())
                                                    .json(
                                                            Map.of(
                                                                    "entry",
                                                                    deduction(world),
                                                                    "reason",
                                                                    "A test")))
                            .by(Principal.OPERATOR),
                    operation(
                                    "POST /api/v1/console/accounts/{id}/restore/",
                                    world -> at(world.accountId()))
                            .by(Principal.OPERATOR)
                            .after(World::deleted),
                    operation(
                            "GET /api/v1/console/audit/",
                            world -> at().query("account", world.accountId())));

    static final List<Operation> PAGES =
            List.of(
                    operation("GET /console", world -> at()),
                    operation("GET /console/audit", world -> at()),
                    operation("GET /console/mails", world -> at()),
                    operation("GET /console/security", world -> at()),
                    operation(
                                    "GET /console/accounts/{account}/members",
                                    world -> at(world.accountId()))
                            .by(Principal.OPERATOR)
                            .writtenDown(),
                    operation(
                                    "GET /console/accounts/{account}/members/{userId}",
                                    world -> at(world.accountId(), world.id(Thing.USER)))
                            .by(Principal.OPERATOR)
                            .writtenDown(),
                    operation(
                                    "POST /console/accounts/{account}/members/{userId}/role",
                                    world ->
                                            at(world.accountId(), world.id(Thing.USER))
                                                    .form(Map.of("role", "editor")))
                            .by(Principal.OPERATOR),
                    operation(
                                    "POST /console/accounts/{account}/members/{userId}/sites",
                                    world ->
                                            at(world.accountId(), world.id(Thing.USER))
                                                    .form(Map.of("site", world.id(Thing.SITE))))
                            .by(Principal.OPERATOR),
                    operation(
                                    "POST /console/accounts/{account}/members/{userId}/remove",
                                    world ->
                                            at(world.accountId(), world.id(Thing.USER))
                                                    .form(Map.of()))
                            .by(Principal.OPERATOR),
                    operation(
                                    "POST /console/accounts/{account}/members/invitations",
                                    world ->
                                            at(world.accountId())
                                                    .form(
                                                            Map.of(
                                                                    "email",
                                                                    Product.freshEmail(),
                                                                    "role",
                                                                    "editor",
                                                                    "site",
                                                                    world.id(Thing.SITE))))
                            .by(Principal.OPERATOR),
                    operation(
                                    "POST /console/accounts/{account}/members/invitations/{id}/resend",
                                    world ->
                                            at(world.accountId(), world.id(Thing.INVITATION))
                                                    .form(Map.of()))
                            .by(Principal.OPERATOR),
                    operation(
                                    "POST /console/accounts/{account}/members/invitations/{id}/revoke",
                                    world ->
                                            at(world.accountId(), world.id(Thing.INVITATION))
                                                    .form(Map.of()))
                            .by(Principal.OPERATOR),
                    operation("GET /console/accounts/{id}", world -> at(world.accountId()))
                            .writtenDown(),
                    operation(
                                    "GET /console/accounts/{id}/{path}",
                                    world -> at(world.accountId(), "suspend"))
                            .writtenDown(),
                    operation(
                            "GET /console/accounts/{id}/statement", world -> at(world.accountId())),
                    operation(
                                    "POST /console/accounts/{id}/{path}",
                                    world ->
                                            at(world.accountId(), "suspend")
                                                    .form(Map.of("reason", "A test")))
                            .by(Principal.OPERATOR),
                    operation(
                                    "POST /console/accounts/{id}/reinstate",
                                    world -> at(world.accountId()).form(Map.of()))
                            .by(Principal.OPERATOR)
                            .after(World::suspended),
                    operation("POST /console/impersonation/stop", world -> at().form(Map.of()))
                            .by(Principal.OPERATOR)
                            .after(World::lookedAt));

    private ConsoleOperations() {}

    private static long deduction(World world) {
        return world.inside(
                        () ->
                                world.product()
                                        .bean(Ledger.class)
                                        .deduct(5, "test", "test", "For a test"))
                .id();
    }
}
