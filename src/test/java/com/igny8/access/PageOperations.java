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

/** How each page is opened, and each form sent. */
final class PageOperations {
    static final List<Operation> ALL =
            List.of(
                    operation("GET /", world -> at()),
                    operation("GET /.well-known/jwks.json", world -> at()),
                    operation("GET /account", world -> at()),
                    operation("GET /account/credits", world -> at()),
                    operation("GET /console", world -> at()),
                    operation("GET /jobs/{id}/events", world -> at(world.id(Thing.JOB))),
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
                    operation("POST /logout", world -> at().form(Map.of())),
                    operation("GET /pricing", world -> at()),
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
                    operation("GET /sites", world -> at()),
                    operation(
                            "POST /sites",
                            world -> at().form(Customer.site("Second", "second.example"))),
                    operation("GET /sites/new", world -> at()),
                    operation("GET /sites/{id}", world -> at(world.id(Thing.SITE))),
                    operation("GET /sites/{id}/clusters", world -> at(world.id(Thing.SITE))),
                    operation(
                            "POST /sites/{id}/clusters",
                            world -> at(world.id(Thing.SITE)).form(Map.of())),
                    operation(
                            "POST /sites/{id}/clusters/cancel",
                            world -> at(world.id(Thing.SITE)).form(Map.of())),
                    operation(
                            "GET /sites/{id}/clusters/{cluster}",
                            world -> at(world.id(Thing.SITE), world.id(Thing.CLUSTER))),
                    operation(
                            "POST /sites/{id}/clusters/{cluster}",
                            world ->
                                    at(world.id(Thing.SITE), world.id(Thing.CLUSTER))
                                            .form(Map.of("name", "Renamed"))),
                    operation("GET /sites/{id}/keywords", world -> at(world.id(Thing.SITE))),
                    operation("GET /sites/{id}/keywords/import", world -> at(world.id(Thing.SITE))),
                    operation(
                            "POST /sites/{id}/keywords/import",
                            world ->
                                    at(world.id(Thing.SITE))
                                            .upload(Map.of("sector", world.id(Thing.SECTOR)))),
                    operation(
                            "GET /sites/{id}/keywords/import/{upload}",
                            world ->
                                    at(world.id(Thing.SITE), world.id(Thing.UPLOAD))
                                            .query("sector", world.id(Thing.SECTOR))),
                    operation(
                            "POST /sites/{id}/keywords/import/{upload}",
                            world ->
                                    at(world.id(Thing.SITE), world.id(Thing.UPLOAD))
                                            .form(Map.of("sector", world.id(Thing.SECTOR)))),
                    operation(
                            "POST /sites/{id}/sectors",
                            world ->
                                    at(world.id(Thing.SITE))
                                            .form(
                                                    Map.of(
                                                            "industry_sector",
                                                            102,
                                                            "name",
                                                            "Storage"))),
                    operation(
                            "GET /verify-email",
                            world -> at().query("token", world.verificationToken(owner(world)))),
                    operation(
                            "POST /verify-email",
                            world ->
                                    at().form(
                                                    Map.of(
                                                            "token",
                                                            world.verificationToken(
                                                                    owner(world))))));

    private PageOperations() {}

    private static World.Person owner(World world) {
        return world.member(Role.OWNER);
    }

    /** Somebody who signs in to an account of their own: what they are told of it is theirs. */
    private static World.Person elsewhere(World world) {
        return owner(World.empty(world.product()));
    }
}
