package com.igny8.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.igny8.testing.Api;
import com.igny8.testing.Product;
import com.igny8.testing.Reply;
import com.igny8.testing.World;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

    /** What is refused changes nothing, and leaves the world to the next. */
    private final Map<Principal, Visit> visits = new EnumMap<>(Principal.class);

    /** Somebody who came into a world. */
    private record Visit(World world, Api client) {}

    /** Not what payment providers send: it is theirs to choose, and read only if they signed it. */
    static Stream<Operation> apiOperations() {
        return Door.API.operations().stream()
                .filter(operation -> !operation.isSafe())
                .filter(operation -> !operation.path().startsWith("/api/v1/billing/webhooks/"));
    }

    static Stream<Operation> forms() {
        return Door.PAGES.operations().stream().filter(operation -> !operation.isSafe());
    }

    @ParameterizedTest
    @MethodSource("apiOperations")
    void aFieldThatIsNotTheirsIsRefused(Operation operation) {
        Visit visit =
                operation.isStaged()
                        ? visit(operation.by())
                        : visits.computeIfAbsent(operation.by(), this::visit);
        World world = visit.world();
        operation.before().accept(world);
        Request request = operation.request().apply(world);
        if (!(request.body() instanceof Request.Json(Map<String, ?> fields))) {
            return;
        }
        Map<String, String> before = world.fingerprint();
        NOT_THEIRS.forEach(
                (field, value) -> {
                    if (!fields.containsKey(field)) {
                        Reply reply =
                                operation.send(
                                        request.json(and(fields, field, value)), visit.client());

                        reply.expectInvalid(field);
                    }
                });
        assertThat(world.fingerprint()).isEqualTo(before);
    }

    private Visit visit(Principal principal) {
        World world = World.populated(product);
        return new Visit(world, principal.enter(world, Door.API));
    }

    /** What a form does not ask for is not looked at: with it, it does what it does without. */
    @ParameterizedTest
    @MethodSource("forms")
    void aFieldThatIsNotInTheFormIsNotTaken(Operation operation) {
        assertThat(afterSending(operation, NOT_THEIRS))
                .isEqualTo(afterSending(operation, Map.of()));
    }

    private static Map<String, Object> and(Map<String, ?> fields, String field, Object value) {
        Map<String, Object> more = new LinkedHashMap<>(fields);
        more.put(field, value);
        return more;
    }

    private List<@Nullable String> afterSending(Operation operation, Map<String, ?> more) {
        World world = World.populated(product);
        Api client = operation.by().enter(world, Door.PAGES);
        operation.before().accept(world);
        Request request = operation.request().apply(world);
        if (!(request.body() instanceof Request.Form(Map<String, ?> fields))) {
            return List.of();
        }
        Map<String, Object> all = new HashMap<>(more);
        all.putAll(fields);

        Reply reply = operation.send(request.form(all), client);

        assertThat(reply.status()).as(reply.body()).isLessThan(400);
        return guarded(world);
    }

    /** What those fields are called after, of any account: who and what is not ours alone. */
    private static List<@Nullable String> guarded(World world) {
        return world.sql()
                .sql(
                        """
                        SELECT concat_ws(' ', 'account', status, deleted_at IS NULL, is_system,
                               retention_days) FROM account WHERE id = :account
                        UNION ALL
                        SELECT concat_ws(' ', 'member', role, is_operator, is_active,
                               member.created_at > '2002-01-01')
                          FROM member JOIN app_user ON app_user.id = user_id
                         WHERE account_id = :account
                        UNION ALL
                        SELECT concat_ws(' ', 'entry', type, amount, balance_after)
                          FROM credit_entry WHERE account_id = :account
                        UNION ALL
                        SELECT concat_ws(' ', 'plan', plan_id, status)
                          FROM subscription WHERE account_id = :account
                        UNION ALL
                        SELECT concat_ws(' ', 'site', name, status, created_at > '2002-01-01')
                          FROM site WHERE account_id = :account
                         ORDER BY 1
                        """)
                .param("account", world.accountId())
                .query(String.class)
                .list();
    }
}
