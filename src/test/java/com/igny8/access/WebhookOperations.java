package com.igny8.access;

import static com.igny8.access.Operation.operation;
import static com.igny8.access.Request.at;

import com.igny8.testing.World;
import com.igny8.testing.World.Thing;

import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Endpoints that are told of events, and what was sent to them. */
final class WebhookOperations {
    private static final String API_PATH = "/api/v1/webhooks/";
    private static final String CONSOLE_API = "/api/v1/console/webhooks/";
    private static final String PAGE = "/account/webhooks";
    private static final String CONSOLE_PAGE = "/console/webhooks";

    private static final Map<String, Object> ENDPOINT =
            Map.of("url", "http://127.0.0.1:9/", "event_types", List.of("credits.low"));
    private static final Map<String, Object> CHANGE =
            Map.of("description", "Our books", "status", "active");
    private static final Map<String, Object> FORM =
            Map.of("url", "http://127.0.0.1:9/", "event_types", "credits.low");
    private static final Map<String, Object> ROTATION = Map.of("overlap_hours", 24);
    private static final Map<String, Object> SURE = Map.of("sure", "yes");

    static final List<Operation> API =
            List.of(
                    operation("GET " + API_PATH + "events/", world -> at()),
                    operation("GET " + API_PATH + "endpoints/", world -> at()),
                    operation("POST " + API_PATH + "endpoints/", world -> at().json(ENDPOINT)),
                    operation(
                            "GET " + API_PATH + "endpoints/{id}/",
                            world -> at(world.id(Thing.WEBHOOK))),
                    operation(
                            "PATCH " + API_PATH + "endpoints/{id}/",
                            world -> at(world.id(Thing.WEBHOOK)).json(CHANGE)),
                    operation(
                            "DELETE " + API_PATH + "endpoints/{id}/",
                            world -> at(world.id(Thing.WEBHOOK))),
                    operation(
                            "POST " + API_PATH + "endpoints/{id}/rotate-secret/",
                            world -> at(world.id(Thing.WEBHOOK)).json(ROTATION)),
                    operation(
                            "POST " + API_PATH + "endpoints/{id}/test/",
                            world -> at(world.id(Thing.WEBHOOK))),
                    operation(
                                    "GET " + API_PATH + "deliveries/",
                                    world -> at().query("endpoint", world.id(Thing.WEBHOOK)))
                            .narrowedBy(Thing.WEBHOOK),
                    operation(
                            "GET " + API_PATH + "deliveries/{id}/",
                            world -> at(world.id(Thing.WEBHOOK_DELIVERY))),
                    operation(
                            "POST " + API_PATH + "deliveries/{id}/resend/",
                            world -> at(world.id(Thing.WEBHOOK_DELIVERY))),
                    operation("GET " + CONSOLE_API + "endpoints/", world -> at()),
                    operation("POST " + CONSOLE_API + "endpoints/", world -> at().json(ENDPOINT))
                            .by(Principal.OPERATOR),
                    operation(
                            "GET " + CONSOLE_API + "endpoints/{id}/",
                            world -> at(operators(world))),
                    operation(
                                    "PATCH " + CONSOLE_API + "endpoints/{id}/",
                                    world -> at(operators(world)).json(CHANGE))
                            .by(Principal.OPERATOR),
                    operation(
                                    "DELETE " + CONSOLE_API + "endpoints/{id}/",
                                    world -> at(operators(world)))
                            .by(Principal.OPERATOR),
                    operation(
                                    "POST " + CONSOLE_API + "endpoints/{id}/rotate-secret/",
                                    world -> at(operators(world)).json(ROTATION))
                            .by(Principal.OPERATOR),
                    operation(
                                    "POST " + CONSOLE_API + "endpoints/{id}/test/",
                                    world -> at(operators(world)))
                            .by(Principal.OPERATOR),
                    operation("GET " + CONSOLE_API + "deliveries/", world -> at()),
                    operation(
                                    "POST " + CONSOLE_API + "deliveries/{id}/resend/",
                                    world -> at(world.idForOperators(Thing.WEBHOOK_DELIVERY)))
                            .by(Principal.OPERATOR));

    static final List<Operation> PAGES =
            List.of(
                    operation("GET " + PAGE, world -> at()),
                    operation("GET " + PAGE + "/new", world -> at()),
                    operation("POST " + PAGE, world -> at().form(FORM)),
                    operation("GET " + PAGE + "/{id}", world -> at(world.id(Thing.WEBHOOK))),
                    operation("GET " + PAGE + "/{id}/edit", world -> at(world.id(Thing.WEBHOOK))),
                    operation(
                            "POST " + PAGE + "/{id}/edit",
                            world -> at(world.id(Thing.WEBHOOK)).form(FORM)),
                    operation(
                            "POST " + PAGE + "/{id}/pause",
                            world -> at(world.id(Thing.WEBHOOK)).form(Map.of())),
                    operation(
                            "POST " + PAGE + "/{id}/resume",
                            world -> at(world.id(Thing.WEBHOOK)).form(Map.of())),
                    operation(
                            "POST " + PAGE + "/{id}/test",
                            world -> at(world.id(Thing.WEBHOOK)).form(Map.of())),
                    operation(
                            "POST " + PAGE + "/{id}/rotate",
                            world -> at(world.id(Thing.WEBHOOK)).form(ROTATION)),
                    operation(
                            "POST " + PAGE + "/{id}/delete",
                            world -> at(world.id(Thing.WEBHOOK)).form(SURE)),
                    operation(
                            "GET " + PAGE + "/deliveries/{id}",
                            world -> at(world.id(Thing.WEBHOOK_DELIVERY))),
                    operation(
                            "POST " + PAGE + "/deliveries/{id}/resend",
                            world -> at(world.id(Thing.WEBHOOK_DELIVERY)).form(Map.of())),
                    operation("GET " + CONSOLE_PAGE, world -> at()),
                    operation("GET " + CONSOLE_PAGE + "/new", world -> at()),
                    operation("POST " + CONSOLE_PAGE, world -> at().form(FORM))
                            .by(Principal.OPERATOR),
                    operation("GET " + CONSOLE_PAGE + "/{id}", world -> at(operators(world))),
                    operation("GET " + CONSOLE_PAGE + "/{id}/edit", world -> at(operators(world))),
                    operation(
                                    "POST " + CONSOLE_PAGE + "/{id}/edit",
                                    world -> at(operators(world)).form(FORM))
                            .by(Principal.OPERATOR),
                    operation(
                                    "POST " + CONSOLE_PAGE + "/{id}/pause",
                                    world -> at(operators(world)).form(Map.of()))
                            .by(Principal.OPERATOR),
                    operation(
                                    "POST " + CONSOLE_PAGE + "/{id}/resume",
                                    world -> at(operators(world)).form(Map.of()))
                            .by(Principal.OPERATOR),
                    operation(
                                    "POST " + CONSOLE_PAGE + "/{id}/test",
                                    world -> at(operators(world)).form(Map.of()))
                            .by(Principal.OPERATOR),
                    operation(
                                    "POST " + CONSOLE_PAGE + "/{id}/rotate",
                                    world -> at(operators(world)).form(ROTATION))
                            .by(Principal.OPERATOR),
                    operation(
                                    "POST " + CONSOLE_PAGE + "/{id}/delete",
                                    world -> at(operators(world)).form(SURE))
                            .by(Principal.OPERATOR),
                    operation(
                            "GET " + CONSOLE_PAGE + "/deliveries/{id}",
                            world -> at(toOperators(world))),
                    operation(
                                    "POST " + CONSOLE_PAGE + "/deliveries/{id}/resend",
                                    world -> at(toOperators(world)).form(Map.of()))
                            .by(Principal.OPERATOR),
                    operation("GET /console/webhook-deliveries", world -> at()),
                    operation(
                                    "POST /console/webhook-deliveries/{id}/resend",
                                    world ->
                                            at(world.idForOperators(Thing.WEBHOOK_DELIVERY))
                                                    .form(Map.of()))
                            .by(Principal.OPERATOR));

    private WebhookOperations() {}

    /** An endpoint of the operator's: one for all worlds, since there can be few, made anew. */
    private static UUID operators(World world) {
        return world.insert(
                """
                INSERT INTO webhook_endpoint (account_id, id, url, description, event_types, secret,
                    created_at)
                SELECT id, 'f0000000-0000-7000-8000-000000000001', 'http://127.0.0.1:9/', '',
                       '{credits.low}', ?, now()
                  FROM account WHERE is_system
                ON CONFLICT (account_id, id) DO UPDATE
                   SET paused_because = NULL, previous_secret = NULL, previous_secret_until = NULL
                """,
                (Object) world.sealed("whsec_AAAA"));
    }

    /** What was sent to it. */
    private static UUID toOperators(World world) {
        return world.insert(
                """
                INSERT INTO webhook_delivery (account_id, endpoint_id, event_id, event_type,
                    concerned_account_id, data, happened_at, status, due_at, created_at, settled_at)
                SELECT account_id, id, uuidv7(), 'ping', account_id, '{}', now(), 'failed', now(),
                       now(), now()
                  FROM webhook_endpoint WHERE id = ?
                """,
                operators(world));
    }
}
