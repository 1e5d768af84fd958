package com.igny8.access;

import static com.igny8.access.Operation.operation;
import static com.igny8.access.Request.at;

import com.igny8.testing.Customer;
import com.igny8.testing.Product;
import com.igny8.testing.World;
import com.igny8.testing.World.Thing;

import java.util.List;
import java.util.Map;

/** A person's own name, password, second factor and sessions, and which account they act on. */
final class ProfileOperations {
    static final List<Operation> API =
            List.of(
                    operation("GET /api/v1/auth/me/", world -> at()),
                    operation(
                            "PATCH /api/v1/auth/me/",
                            world ->
                                    at().json(
                                                    Map.of(
                                                            "first_name",
                                                            "Grace",
                                                            "last_name",
                                                            "Hopper"))),
                    operation("POST /api/v1/auth/verify-email/resend/", world -> at())
                            .after(World::unverified),
                    operation(
                            "POST /api/v1/auth/change-password/",
                            world ->
                                    at().json(
                                                    Map.of(
                                                            "current_password",
                                                            Customer.PASSWORD,
                                                            "new_password",
                                                            "walnut lantern orbit"))),
                    operation(
                            "POST /api/v1/auth/change-email/",
                            world ->
                                    at().json(
                                                    Map.of(
                                                            "email",
                                                            Product.freshEmail(),
                                                            "password",
                                                            Customer.PASSWORD))),
                    operation("GET /api/v1/auth/second-factor/", world -> at()),
                    operation(
                            "POST /api/v1/auth/second-factor/",
                            world -> at().json(Map.of("password", Customer.PASSWORD))),
                    operation(
                            "POST /api/v1/auth/second-factor/confirm/",
                            world ->
                                    at().json(
                                                    Map.of(
                                                            "code",
                                                            world.proofs()
                                                                    .codeToTurnOn(world.actor())))),
                    operation(
                                    "POST /api/v1/auth/second-factor/recovery-codes/",
                                    world -> at().json(Map.of("password", Customer.PASSWORD)))
                            .after(ProfileOperations::withSecondFactor),
                    operation(
                                    "POST /api/v1/auth/second-factor/disable/",
                                    world -> at().json(Map.of("password", Customer.PASSWORD)))
                            .after(ProfileOperations::withSecondFactor),
                    operation("GET /api/v1/auth/sessions/", world -> at()),
                    operation("DELETE /api/v1/auth/sessions/", world -> at()),
                    operation(
                            "DELETE /api/v1/auth/sessions/{id}/",
                            world -> at(world.id(Thing.SESSION))),
                    operation("GET /api/v1/auth/accounts/", world -> at()),
                    operation(
                            "POST /api/v1/auth/accounts/switch/",
                            world -> at().json(Map.of("account", world.id(Thing.ACCOUNT)))));

    static final List<Operation> PAGES =
            List.of(
                    operation("GET /profile", world -> at()),
                    operation(
                            "POST /profile",
                            world ->
                                    at().form(
                                                    Map.of(
                                                            "first_name",
                                                            "Grace",
                                                            "last_name",
                                                            "Hopper"))),
                    operation(
                            "POST /profile/email",
                            world ->
                                    at().form(
                                                    Map.of(
                                                            "email",
                                                            Product.freshEmail(),
                                                            "password",
                                                            Customer.PASSWORD))),
                    operation("POST /profile/verify-email", world -> at().form(Map.of()))
                            .after(World::unverified),
                    operation("GET /profile/security", world -> at()),
                    operation(
                            "POST /profile/security/password",
                            world ->
                                    at().form(
                                                    Map.of(
                                                            "current_password",
                                                            Customer.PASSWORD,
                                                            "new_password",
                                                            "walnut lantern orbit"))),
                    operation(
                            "POST /profile/security/second-factor",
                            world -> at().form(Map.of("password", Customer.PASSWORD))),
                    operation("GET /profile/security/second-factor", world -> at())
                            .after(ProfileOperations::withSecondFactorBegun),
                    operation(
                            "POST /profile/security/second-factor/confirm",
                            world ->
                                    at().form(
                                                    Map.of(
                                                            "code",
                                                            world.proofs()
                                                                    .codeToTurnOn(world.actor())))),
                    operation(
                                    "POST /profile/security/recovery-codes",
                                    world -> at().form(Map.of("password", Customer.PASSWORD)))
                            .after(ProfileOperations::withSecondFactor),
                    operation(
                                    "POST /profile/security/second-factor/disable",
                                    world -> at().form(Map.of("password", Customer.PASSWORD)))
                            .after(ProfileOperations::withSecondFactor),
                    operation("GET /profile/sessions", world -> at()),
                    operation("GET /profile/activity", world -> at()),
                    operation(
                            "POST /profile/sessions/{id}/end",
                            world -> at(world.id(Thing.SESSION)).form(Map.of())),
                    operation("POST /profile/sessions/end-others", world -> at().form(Map.of())),
                    operation("GET /accounts", world -> at()),
                    operation(
                            "POST /accounts/switch",
                            world -> at().form(Map.of("account", world.id(Thing.ACCOUNT)))));

    private ProfileOperations() {}

    private static void withSecondFactor(World world) {
        var _ = world.proofs().code(world.actor());
    }

    private static void withSecondFactorBegun(World world) {
        var _ = world.proofs().codeToTurnOn(world.actor());
    }
}
