package com.igny8.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.igny8.testing.Product;
import com.igny8.testing.Reply;
import com.igny8.testing.World;

import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Puts into each body what is nobody's to say: it is not taken over. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MassAssignmentTests {
    private static final Map<String, Object> NOT_THEIRS =
            Map.of(
                    "role", "owner",
                    "account_id", "00000000-0000-7000-8000-000000000000",
                    "credits", 1_000_000,
                    "is_operator", true,
                    "is_system", true,
                    "id", "00000000-0000-7000-8000-000000000000",
                    "status", "active",
                    "balance", 1_000_000,
                    "user_id", "00000000-0000-7000-8000-000000000000",
                    "created_at", "2001-01-01T00:00:00Z");

    private final Product product = Product.running();

    static Stream<Operation> apiOperations() {
        return Door.API.operations().stream().filter(operation -> !operation.isSafe());
    }

    static Stream<Operation> forms() {
        return Door.PAGES.operations().stream().filter(operation -> !operation.isSafe());
    }

    @ParameterizedTest
    @MethodSource("apiOperations")
    void aFieldThatIsNotTheirsIsRefused(Operation operation) {
        World world = World.populated(product);
        var owner = Principal.OWNER.enter(world, Door.API);
        Request request = operation.request().apply(world);
        if (!(request.body() instanceof Request.Json(Map<String, ?> fields))) {
            return;
        }
        Map<String, String> before = world.fingerprint();
        NOT_THEIRS.forEach(
                (field, value) -> {
                    if (!fields.containsKey(field)) {
                        Reply reply =
                                operation.send(request.json(and(fields, field, value)), owner);

                        reply.expectInvalid(field);
                    }
                });
        assertThat(world.fingerprint()).isEqualTo(before);
    }

    /** What a form does not ask for is not looked at: it is sent, and changes none of these. */
    @ParameterizedTest
    @MethodSource("forms")
    void aFieldThatIsNotInTheFormIsNotTaken(Operation operation) {
        World world = World.populated(product);
        Request request = operation.request().apply(world);
        if (!(request.body() instanceof Request.Form(Map<String, ?> fields))) {
            return;
        }
        Map<String, String> before = guarded(world);
        Map<String, Object> more = new HashMap<>(NOT_THEIRS);
        more.putAll(fields);

        Reply reply = operation.send(request.form(more), Principal.OWNER.enter(world, Door.PAGES));

        assertThat(reply.status()).as(reply.body()).isLessThan(400);
        assertThat(guarded(world)).isEqualTo(before);
        assertThat(
                        world.sql()
                                .sql(
                                        """
                                        SELECT count(*) FROM site
                                         WHERE account_id = ? AND created_at < '2002-01-01'
                                        """)
                                .param(world.accountId())
                                .query(Long.class)
                                .single())
                .isZero();
    }

    private static Map<String, Object> and(Map<String, ?> fields, String field, Object value) {
        Map<String, Object> more = new LinkedHashMap<>(fields);
        more.put(field, value);
        return more;
    }

    private static Map<String, String> guarded(World world) {
        Map<String, String> guarded = new HashMap<>(world.fingerprint());
        guarded.keySet()
                .retainAll(
                        Set.of(
                                "account",
                                "member",
                                "subscription",
                                "credit_entry",
                                "credit_grant"));
        guarded.put(
                "operators",
                world.sql()
                        .sql("SELECT count(*)::text FROM app_user WHERE is_operator")
                        .query(String.class)
                        .single());
        return guarded;
    }
}
