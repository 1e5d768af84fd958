package com.igny8.access;

import static com.igny8.access.Operation.operation;
import static com.igny8.access.Request.at;

import com.igny8.testing.Customer;
import com.igny8.testing.World.Thing;

import java.util.List;
import java.util.Map;

/** Sites and their sectors. */
final class SiteOperations {
    static final List<Operation> API =
            List.of(
                    operation("GET /api/v1/auth/sites/", world -> at()),
                    operation(
                            "POST /api/v1/auth/sites/",
                            world -> at().json(Customer.site("Second", "second.example"))),
                    operation("GET /api/v1/auth/sites/{id}/", world -> at(world.id(Thing.SITE))),
                    operation(
                            "PATCH /api/v1/auth/sites/{id}/",
                            world -> at(world.id(Thing.SITE)).json(Map.of("name", "Renamed"))),
                    operation("DELETE /api/v1/auth/sites/{id}/", world -> at(world.id(Thing.SITE))),
                    operation(
                            "POST /api/v1/auth/sites/{id}/restore/",
                            world -> at(world.id(Thing.DELETED_SITE))),
                    operation(
                            "GET /api/v1/auth/sectors/",
                            world -> at().query("site", world.id(Thing.SITE))),
                    operation(
                            "POST /api/v1/auth/sectors/",
                            world ->
                                    at().json(
                                                    Map.of(
                                                            "site",
                                                            world.id(Thing.SITE),
                                                            "name",
                                                            "Storage",
                                                            "industry_sector",
                                                            102))),
                    operation(
                            "GET /api/v1/auth/sectors/{id}/", world -> at(world.id(Thing.SECTOR))),
                    operation(
                            "PATCH /api/v1/auth/sectors/{id}/",
                            world -> at(world.id(Thing.SECTOR)).json(Map.of("name", "Renamed"))),
                    operation(
                            "DELETE /api/v1/auth/sectors/{id}/",
                            world -> at(world.id(Thing.SECTOR))),
                    operation(
                            "POST /api/v1/auth/sectors/{id}/restore/",
                            world -> at(world.id(Thing.DELETED_SECTOR))));

    static final List<Operation> PAGES =
            List.of(
                    operation("GET /sites", world -> at()),
                    operation("GET /sites/new", world -> at()),
                    operation(
                            "POST /sites",
                            world -> at().form(Customer.site("Second", "second.example"))),
                    operation("GET /sites/{id}", world -> at(world.id(Thing.SITE))),
                    operation("GET /sites/{id}/edit", world -> at(world.id(Thing.SITE))),
                    operation(
                            "POST /sites/{id}/edit",
                            world ->
                                    at(world.id(Thing.SITE))
                                            .form(
                                                    Map.of(
                                                            "name",
                                                            "Renamed",
                                                            "domain",
                                                            "world.example",
                                                            "is_active",
                                                            "true"))),
                    operation(
                            "POST /sites/{id}/delete",
                            world -> at(world.id(Thing.SITE)).form(Map.of())),
                    operation(
                            "POST /sites/{id}/restore",
                            world -> at(world.id(Thing.DELETED_SITE)).form(Map.of())),
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
                            "POST /sites/{id}/sectors/{sector}/name",
                            world ->
                                    at(world.id(Thing.SITE), world.id(Thing.SECTOR))
                                            .form(Map.of("name", "Renamed"))),
                    operation(
                            "POST /sites/{id}/sectors/{sector}/delete",
                            world ->
                                    at(world.id(Thing.SITE), world.id(Thing.SECTOR))
                                            .form(Map.of())),
                    operation(
                            "POST /sites/{id}/sectors/{sector}/restore",
                            world ->
                                    at(world.id(Thing.SITE), world.id(Thing.DELETED_SECTOR))
                                            .form(Map.of())));

    private SiteOperations() {}
}
