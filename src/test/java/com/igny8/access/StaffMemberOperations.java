package com.igny8.access;

import static com.igny8.access.Operation.operation;
import static com.igny8.access.Request.at;

import com.igny8.testing.Product;
import com.igny8.testing.World.Thing;

import java.util.List;
import java.util.Map;

/** The members of a customer's account, for operators; their pages stand with the console. */
final class StaffMemberOperations {
    private static final String MEMBERS = "/api/v1/console/accounts/{account}/members/";

    static final List<Operation> API =
            List.of(
                    operation("GET " + MEMBERS, world -> at(world.accountId()))
                            .by(Principal.OPERATOR)
                            .writtenDown(),
                    operation(
                                    "PATCH " + MEMBERS + "{id}/",
                                    world ->
                                            at(world.accountId(), world.id(Thing.USER))
                                                    .json(Map.of("role", "editor")))
                            .by(Principal.OPERATOR),
                    operation(
                                    "DELETE " + MEMBERS + "{id}/",
                                    world -> at(world.accountId(), world.id(Thing.USER)))
                            .by(Principal.OPERATOR),
                    operation("GET " + MEMBERS + "invitations/", world -> at(world.accountId()))
                            .by(Principal.OPERATOR)
                            .writtenDown(),
                    operation(
                                    "POST " + MEMBERS + "invitations/",
                                    world ->
                                            at(world.accountId())
                                                    .json(
                                                            Map.of(
                                                                    "email",
                                                                    Product.freshEmail(),
                                                                    "role",
                                                                    "editor",
                                                                    "sites",
                                                                    List.of(world.id(Thing.SITE)))))
                            .by(Principal.OPERATOR),
                    operation(
                                    "POST " + MEMBERS + "invitations/{id}/resend/",
                                    world -> at(world.accountId(), world.id(Thing.INVITATION)))
                            .by(Principal.OPERATOR),
                    operation(
                                    "DELETE " + MEMBERS + "invitations/{id}/",
                                    world -> at(world.accountId(), world.id(Thing.INVITATION)))
                            .by(Principal.OPERATOR),
                    operation("GET " + MEMBERS + "site-access/", world -> at(world.accountId()))
                            .by(Principal.OPERATOR)
                            .writtenDown(),
                    operation(
                                    "POST " + MEMBERS + "site-access/",
                                    world ->
                                            at(world.accountId())
                                                    .json(
                                                            Map.of(
                                                                    "user",
                                                                    world.id(Thing.USER),
                                                                    "site",
                                                                    world.id(Thing.SITE))))
                            .by(Principal.OPERATOR),
                    operation(
                                    "DELETE " + MEMBERS + "site-access/{id}/",
                                    world -> at(world.accountId(), world.id(Thing.ACCESS)))
                            .by(Principal.OPERATOR));

    private StaffMemberOperations() {}
}
