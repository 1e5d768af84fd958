package com.igny8.access;

import static com.igny8.access.Operation.operation;
import static com.igny8.access.Request.at;

import com.igny8.tenancy.Role;
import com.igny8.testing.Customer;
import com.igny8.testing.Product;
import com.igny8.testing.World;
import com.igny8.testing.World.Person;

import java.util.List;
import java.util.Map;

/** Signing up, in and out, and what is mailed for it. */
final class SignInOperations {
    static final List<Operation> API =
            List.of(
                    operation(
                            "POST /api/v1/auth/register/",
                            world -> at().json(Product.registration(Product.freshEmail()))),
                    operation(
                            "POST /api/v1/auth/login/",
                            world ->
                                    at().json(
                                                    Map.of(
                                                            "email",
                                                            elsewhere(world).email(),
                                                            "password",
                                                            Customer.PASSWORD))),
                    operation(
                            "POST /api/v1/auth/login/second-factor/",
                            world -> at().json(secondStep(world))),
                    operation(
                            "POST /api/v1/auth/refresh/",
                            world ->
                                    at().json(
                                                    Map.of(
                                                            "refresh",
                                                            world.refreshToken(
                                                                    world.member(Role.OWNER))))),
                    operation("POST /api/v1/auth/logout/", world -> at()),
                    operation(
                            "POST /api/v1/auth/verify-email/",
                            world ->
                                    at().json(
                                                    Map.of(
                                                            "token",
                                                            world.proofs()
                                                                    .emailVerification(
                                                                            world.member(
                                                                                    Role.OWNER))))),
                    operation(
                            "POST /api/v1/auth/password-reset/",
                            world -> at().json(Map.of("email", elsewhere(world).email()))),
                    operation(
                            "POST /api/v1/auth/password-reset/confirm/",
                            world -> at().json(newPassword(world))),
                    operation(
                            "POST /api/v1/auth/change-email/confirm/",
                            world ->
                                    at().json(
                                                    Map.of(
                                                            "token",
                                                            world.proofs()
                                                                    .emailChange(
                                                                            elsewhere(world))))),
                    operation(
                            "POST /api/v1/auth/change-email/undo/",
                            world ->
                                    at().json(
                                                    Map.of(
                                                            "token",
                                                            world.proofs()
                                                                    .emailChangeUndo(
                                                                            elsewhere(world))))));

    static final List<Operation> PAGES =
            List.of(
                    operation("GET /signup", world -> at()),
                    operation(
                            "POST /signup",
                            world ->
                                    at().form(
                                                    Map.of(
                                                            "name",
                                                            "Ada",
                                                            "email",
                                                            Product.freshEmail(),
                                                            "password",
                                                            Customer.PASSWORD))),
                    operation("GET /signup/done", world -> at()),
                    operation("GET /login", world -> at()),
                    operation(
                            "POST /login",
                            world ->
                                    at().form(
                                                    Map.of(
                                                            "email",
                                                            elsewhere(world).email(),
                                                            "password",
                                                            Customer.PASSWORD))),
                    operation("POST /login/second-factor", world -> at().form(secondStep(world))),
                    operation("POST /logout", world -> at().form(Map.of())),
                    operation(
                            "GET /verify-email",
                            world ->
                                    at().query(
                                                    "token",
                                                    world.proofs()
                                                            .emailVerification(
                                                                    world.member(Role.OWNER)))),
                    operation(
                            "POST /verify-email",
                            world ->
                                    at().form(
                                                    Map.of(
                                                            "token",
                                                            world.proofs()
                                                                    .emailVerification(
                                                                            world.member(
                                                                                    Role.OWNER))))),
                    operation("GET /forgot-password", world -> at()),
                    operation(
                            "POST /forgot-password",
                            world -> at().form(Map.of("email", elsewhere(world).email()))),
                    operation(
                            "GET /reset-password",
                            world ->
                                    at().query(
                                                    "token",
                                                    world.proofs()
                                                            .passwordReset(elsewhere(world)))),
                    operation("POST /reset-password", world -> at().form(newPassword(world))),
                    operation(
                            "GET /change-email",
                            world ->
                                    at().query(
                                                    "token",
                                                    world.proofs().emailChange(elsewhere(world)))),
                    operation(
                            "POST /change-email",
                            world ->
                                    at().form(
                                                    Map.of(
                                                            "token",
                                                            world.proofs()
                                                                    .emailChange(
                                                                            elsewhere(world))))),
                    operation(
                            "GET /undo-email-change",
                            world ->
                                    at().query(
                                                    "token",
                                                    world.proofs()
                                                            .emailChangeUndo(elsewhere(world)))),
                    operation(
                            "POST /undo-email-change",
                            world ->
                                    at().form(
                                                    Map.of(
                                                            "token",
                                                            world.proofs()
                                                                    .emailChangeUndo(
                                                                            elsewhere(world))))));

    private SignInOperations() {}

    /** Somebody who signs in to an account of their own: what they are told of it is theirs. */
    private static Person elsewhere(World world) {
        return World.empty(world.product()).member(Role.OWNER);
    }

    private static Map<String, Object> secondStep(World world) {
        Person person = elsewhere(world);
        return Map.of(
                "challenge", world.proofs().challenge(person), "code", world.proofs().code(person));
    }

    private static Map<String, Object> newPassword(World world) {
        return Map.of(
                "token",
                world.proofs().passwordReset(elsewhere(world)),
                "password",
                "walnut lantern orbit");
    }
}
