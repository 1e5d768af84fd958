package com.igny8.access;

import static com.igny8.access.Operation.operation;
import static com.igny8.access.Request.at;

import com.igny8.testing.World.Thing;

import java.util.List;
import java.util.Map;

/** The keys that programs reach a site with. */
final class KeyOperations {
    static final List<Operation> API =
            List.of(
                    operation("GET /api/v1/auth/api-keys/", world -> at()),
                    operation(
                            "POST /api/v1/auth/api-keys/",
                            world ->
                                    at().json(
                                                    Map.of(
                                                            "name",
                                                            "Bridge",
                                                            "site",
                                                            world.id(Thing.SITE),
                                                            "scopes",
                                                            List.of("sites:read")))),
                    operation(
                            "GET /api/v1/auth/api-keys/{id}/",
                            world -> at(world.id(Thing.API_KEY))),
                    operation(
                            "POST /api/v1/auth/api-keys/{id}/rotate/",
                            world -> at(world.id(Thing.API_KEY)).json(Map.of("overlap_hours", 24))),
                    operation(
                            "DELETE /api/v1/auth/api-keys/{id}/",
                            world -> at(world.id(Thing.API_KEY))));

    static final List<Operation> PAGES =
            List.of(
                    operation("GET /account/keys", world -> at()),
                    operation("GET /account/keys/new", world -> at()),
                    operation(
                            "POST /account/keys",
                            world ->
                                    at().form(
                                                    Map.of(
                                                            "name",
                                                            "Bridge",
                                                            "site",
                                                            world.id(Thing.SITE),
                                                            "scopes",
                                                            "sites:read"))),
                    operation("GET /account/keys/{id}", world -> at(world.id(Thing.API_KEY))),
                    operation(
                            "POST /account/keys/{id}/rotate",
                            world -> at(world.id(Thing.API_KEY)).form(Map.of("overlap_hours", 24))),
                    operation(
                            "POST /account/keys/{id}/revoke",
                            world -> at(world.id(Thing.API_KEY)).form(Map.of("sure", "true"))));

    private KeyOperations() {}
}
