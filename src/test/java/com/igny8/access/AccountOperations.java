package com.igny8.access;

import static com.igny8.access.Operation.operation;
import static com.igny8.access.Request.at;

import com.igny8.testing.Customer;
import com.igny8.testing.World;
import com.igny8.testing.World.Thing;

import java.util.List;
import java.util.Map;

/** The account itself: its settings, its end, its log and its plan. */
final class AccountOperations {
    static final List<Operation> API =
            List.of(
                    operation("GET /api/v1/auth/account/", world -> at()),
                    operation(
                            "PATCH /api/v1/auth/account/",
                            world -> at().json(Map.of("name", "Renamed"))),
                    operation(
                            "DELETE /api/v1/auth/account/",
                            world ->
                                    at().json(
                                                    Map.of(
                                                            "password",
                                                            Customer.PASSWORD,
                                                            "confirm",
                                                            world.slug()))),
                    operation("POST /api/v1/auth/account/restore/", world -> at())
                            .after(World::deleted),
                    operation("GET /api/v1/auth/account/export/", world -> at()).writtenDown(),
                    operation(
                                    "GET /api/v1/auth/audit/",
                                    world -> at().query("actor", world.id(Thing.USER)))
                            .narrowedBy(Thing.USER),
                    operation("GET /api/v1/auth/audit/export/", world -> at()),
                    operation("GET /api/v1/billing/subscription/", world -> at()));

    static final List<Operation> PAGES =
            List.of(
                    operation("GET /account", world -> at()),
                    operation("GET /account/audit", world -> at()),
                    operation("GET /account/audit/export", world -> at()),
                    operation("GET /account/settings", world -> at()),
                    operation(
                            "POST /account/settings",
                            world ->
                                    at().form(
                                                    Map.of(
                                                            "name",
                                                            "Renamed",
                                                            "contact_email",
                                                            "new@example.com"))),
                    operation("GET /account/delete", world -> at()),
                    operation(
                            "POST /account/delete",
                            world ->
                                    at().form(
                                                    Map.of(
                                                            "password",
                                                            Customer.PASSWORD,
                                                            "confirm",
                                                            world.slug()))),
                    operation("GET /account/deleted", world -> at()).after(World::deleted),
                    operation("POST /account/restore", world -> at().form(Map.of()))
                            .after(World::deleted),
                    operation("GET /account/export", world -> at()).writtenDown());

    private AccountOperations() {}
}
