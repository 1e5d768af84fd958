package com.igny8.access;

import static com.igny8.access.Operation.operation;
import static com.igny8.access.Request.at;

import com.igny8.testing.Customer;
import com.igny8.testing.Product;
import com.igny8.testing.World;
import com.igny8.testing.World.Thing;

import java.util.List;
import java.util.Map;

/** Who works on the account, who is invited to, and who is let into which site. */
final class MemberOperations {
    static final List<Operation> API =
            List.of(
                    operation("GET /api/v1/auth/users/", world -> at()),
                    operation(
                            "PATCH /api/v1/auth/users/{id}/",
                            world -> at(world.id(Thing.USER)).json(Map.of("role", "editor"))),
                    operation("DELETE /api/v1/auth/users/{id}/", world -> at(world.id(Thing.USER))),
                    operation("POST /api/v1/auth/users/leave/", world -> at()),
                    operation(
                            "POST /api/v1/auth/account/transfer-ownership/",
                            world ->
                                    at().json(
                                                    Map.of(
                                                            "user",
                                                            world.id(Thing.USER),
                                                            "password",
                                                            Customer.PASSWORD))),
                    operation("GET /api/v1/auth/invitations/", world -> at()),
                    operation(
                            "POST /api/v1/auth/invitations/",
                            world ->
                                    at().json(
                                                    Map.of(
                                                            "email",
                                                            Product.freshEmail(),
                                                            "role",
                                                            "editor",
                                                            "sites",
                                                            List.of(world.id(Thing.SITE))))),
                    operation(
                            "POST /api/v1/auth/invitations/{id}/resend/",
                            world -> at(world.id(Thing.INVITATION))),
                    operation(
                            "DELETE /api/v1/auth/invitations/{id}/",
                            world -> at(world.id(Thing.INVITATION))),
                    operation(
                                    "POST /api/v1/auth/invitations/accept/",
                                    world -> at().json(acceptance(world)))
                            .by(Principal.ANONYMOUS),
                    operation(
                                    "GET /api/v1/auth/site-access/",
                                    world ->
                                            at().query("user", world.id(Thing.USER))
                                                    .query("site", world.id(Thing.SITE)))
                            .narrowedBy(Thing.USER, Thing.SITE),
                    operation(
                            "POST /api/v1/auth/site-access/",
                            world ->
                                    at().json(
                                                    Map.of(
                                                            "user",
                                                            world.id(Thing.USER),
                                                            "site",
                                                            world.id(Thing.SITE)))),
                    operation(
                            "DELETE /api/v1/auth/site-access/{id}/",
                            world -> at(world.id(Thing.ACCESS))));

    static final List<Operation> PAGES =
            List.of(
                    operation("GET /account/members", world -> at()),
                    operation("GET /account/members/{userId}", world -> at(world.id(Thing.USER))),
                    operation(
                            "POST /account/members/{userId}/role",
                            world -> at(world.id(Thing.USER)).form(Map.of("role", "editor"))),
                    operation(
                            "POST /account/members/{userId}/sites",
                            world ->
                                    at(world.id(Thing.USER))
                                            .form(Map.of("site", world.id(Thing.SITE)))),
                    operation(
                            "POST /account/members/{userId}/remove",
                            world -> at(world.id(Thing.USER)).form(Map.of())),
                    operation(
                            "POST /account/members/{userId}/ownership",
                            world ->
                                    at(world.id(Thing.USER))
                                            .form(Map.of("password", Customer.PASSWORD))),
                    operation(
                            "POST /account/members/invitations",
                            world ->
                                    at().form(
                                                    Map.of(
                                                            "email",
                                                            Product.freshEmail(),
                                                            "role",
                                                            "editor",
                                                            "site",
                                                            world.id(Thing.SITE)))),
                    operation(
                            "POST /account/members/invitations/{id}/resend",
                            world -> at(world.id(Thing.INVITATION)).form(Map.of())),
                    operation(
                            "POST /account/members/invitations/{id}/revoke",
                            world -> at(world.id(Thing.INVITATION)).form(Map.of())),
                    operation("GET /invitations/{token}", world -> at(world.proofs().invitation()))
                            .by(Principal.ANONYMOUS),
                    operation(
                                    "POST /invitations/{token}",
                                    world ->
                                            at(world.proofs().invitation())
                                                    .form(
                                                            Map.of(
                                                                    "first_name",
                                                                    "Grace",
                                                                    "last_name",
                                                                    "Hopper",
                                                                    "password",
                                                                    Customer.PASSWORD)))
                            .by(Principal.ANONYMOUS),
                    operation(
                            "POST /invitations/{token}/sign-out",
                            world -> at(world.proofs().invitation()).form(Map.of())),
                    operation(
                                    "POST /accounts/leave",
                                    world -> at().form(Map.of("account", world.accountId())))
                            .by(Principal.ADMIN));

    private MemberOperations() {}

    private static Map<String, Object> acceptance(World world) {
        return Map.of(
                "token",
                world.proofs().invitation(),
                "first_name",
                "Grace",
                "last_name",
                "Hopper",
                "password",
                Customer.PASSWORD);
    }
}
