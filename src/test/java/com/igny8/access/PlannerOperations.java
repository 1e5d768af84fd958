package com.igny8.access;

import static com.igny8.access.Operation.operation;
import static com.igny8.access.Request.at;

import com.igny8.testing.World.Thing;

import java.util.List;
import java.util.Map;

/** Keywords and clusters, and the jobs that sort them. */
final class PlannerOperations {
    static final List<Operation> API =
            List.of(
                    operation(
                                    "GET /api/v1/planner/keywords/",
                                    world ->
                                            at().query("site", world.id(Thing.SITE))
                                                    .query("cluster", world.id(Thing.CLUSTER)))
                            .narrowedBy(Thing.CLUSTER),
                    operation(
                            "POST /api/v1/planner/keywords/import/",
                            world ->
                                    at().upload(
                                                    Map.of(
                                                            "site",
                                                            world.id(Thing.SITE),
                                                            "sector",
                                                            world.id(Thing.SECTOR)))),
                    operation(
                            "GET /api/v1/planner/keywords/{id}/",
                            world -> at(world.id(Thing.KEYWORD))),
                    operation(
                            "PATCH /api/v1/planner/keywords/{id}/",
                            world ->
                                    at(world.id(Thing.KEYWORD))
                                            .json(Map.of("cluster", world.id(Thing.CLUSTER)))),
                    operation(
                            "DELETE /api/v1/planner/keywords/{id}/",
                            world -> at(world.id(Thing.KEYWORD))),
                    operation(
                            "POST /api/v1/planner/keywords/{id}/restore/",
                            world -> at(world.id(Thing.DELETED_KEYWORD))),
                    operation(
                            "POST /api/v1/planner/keywords/delete/",
                            world -> at().json(Map.of("ids", List.of(world.id(Thing.KEYWORD))))),
                    operation(
                            "POST /api/v1/planner/keywords/restore/",
                            world ->
                                    at().json(
                                                    Map.of(
                                                            "ids",
                                                            List.of(
                                                                    world.id(
                                                                            Thing
                                                                                    .DELETED_KEYWORD))))),
                    operation(
                            "GET /api/v1/planner/clusters/",
                            world -> at().query("site", world.id(Thing.SITE))),
                    operation(
                            "POST /api/v1/planner/clusters/auto_cluster/",
                            world ->
                                    at().json(
                                                    Map.of(
                                                            "site",
                                                            world.id(Thing.SITE),
                                                            "keyword_ids",
                                                            List.of(world.id(Thing.KEYWORD))))),
                    operation(
                            "GET /api/v1/planner/clusters/{id}/",
                            world -> at(world.id(Thing.CLUSTER))),
                    operation(
                            "PATCH /api/v1/planner/clusters/{id}/",
                            world -> at(world.id(Thing.CLUSTER)).json(Map.of("name", "Renamed"))),
                    operation(
                            "DELETE /api/v1/planner/clusters/{id}/",
                            world -> at(world.id(Thing.CLUSTER))),
                    operation(
                            "POST /api/v1/planner/clusters/{id}/restore/",
                            world -> at(world.id(Thing.DELETED_CLUSTER))),
                    operation(
                            "POST /api/v1/planner/clusters/delete/",
                            world -> at().json(Map.of("ids", List.of(world.id(Thing.CLUSTER))))),
                    operation(
                            "POST /api/v1/planner/clusters/restore/",
                            world ->
                                    at().json(
                                                    Map.of(
                                                            "ids",
                                                            List.of(
                                                                    world.id(
                                                                            Thing
                                                                                    .DELETED_CLUSTER))))),
                    operation("GET /api/v1/jobs/", world -> at()),
                    operation("GET /api/v1/jobs/{id}/", world -> at(world.id(Thing.JOB))),
                    operation("GET /api/v1/jobs/{id}/events/", world -> at(world.id(Thing.JOB))),
                    operation("POST /api/v1/jobs/{id}/cancel/", world -> at(world.id(Thing.JOB))));

    static final List<Operation> PAGES =
            List.of(
                    operation("GET /sites/{id}/keywords", world -> at(world.id(Thing.SITE))),
                    operation(
                            "POST /sites/{id}/keywords/delete",
                            world ->
                                    at(world.id(Thing.SITE))
                                            .form(Map.of("keyword", world.id(Thing.KEYWORD)))),
                    operation(
                            "GET /sites/{id}/deleted/{kind}",
                            world -> at(world.id(Thing.SITE), "keywords")),
                    operation(
                            "POST /sites/{id}/deleted/{kind}",
                            world ->
                                    at(world.id(Thing.SITE), "keywords")
                                            .form(
                                                    Map.of(
                                                            "thing",
                                                            world.id(Thing.DELETED_KEYWORD)))),
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
                    operation(
                            "POST /sites/{id}/clusters/{cluster}/delete",
                            world ->
                                    at(world.id(Thing.SITE), world.id(Thing.CLUSTER))
                                            .form(Map.of())),
                    operation("GET /jobs/{id}/events", world -> at(world.id(Thing.JOB))));

    private PlannerOperations() {}
}
