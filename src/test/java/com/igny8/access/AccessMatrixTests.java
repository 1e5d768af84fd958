package com.igny8.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.igny8.testing.Api;
import com.igny8.testing.Product;
import com.igny8.testing.Reply;
import com.igny8.testing.World;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Has everybody ask for everything, and compares what they are answered with {@code
 * docs/access-matrix.md}. What they were answered is left in {@code target/access-matrix.md}, to be
 * looked at and copied where it is what was meant.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AccessMatrixTests {
    private static final Path ANSWERED = Path.of("target/access-matrix.md");
    private static final List<String> HEADINGS =
            Arrays.stream(Principal.values()).map(Principal::heading).toList();
    private static final String ID =
            "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
                    + "|(?<=/keys/)[0-9A-Za-z]{12}";

    private final Product product = Product.running();
    private final Map<Door, AccessTable> expected = new EnumMap<>(Door.class);
    private final Map<Door, AccessTable> answered = new EnumMap<>(Door.class);

    /** What changes nothing leaves the world to whatever they ask next. */
    private final Map<Door, Map<Principal, Visit>> visits = new ConcurrentHashMap<>();

    /** Somebody who came into a world. */
    private record Visit(World world, Api client) {}

    AccessMatrixTests() {
        for (Door door : Door.values()) {
            expected.put(door, AccessTable.expected(door));
            answered.put(
                    door,
                    new AccessTable(
                            HEADINGS,
                            new TreeMap<>(Comparator.comparing(AccessMatrixTests::place))));
        }
    }

    /** By path, then by method. */
    private static String place(String operation) {
        return operation.replaceFirst("(\\w+) (.*)", "$2 $1");
    }

    @AfterAll
    void leaveWhatWasAnswered() throws IOException {
        StringBuilder text = new StringBuilder();
        answered.forEach((door, table) -> text.append("## " + door + "\n\n" + table.text() + "\n"));
        Files.writeString(ANSWERED, text);
    }

    static Stream<Arguments> operations() {
        return Arrays.stream(Door.values())
                .flatMap(
                        door ->
                                door.operations().stream()
                                        .map(operation -> Arguments.of(door, operation)));
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("operations")
    void everybodyIsAnsweredAsItIsWritten(Door door, Operation operation) {
        List<String> cells =
                Arrays.stream(Principal.values())
                        .parallel()
                        .map(principal -> cell(door, operation, principal))
                        .toList();

        table(answered, door).rows().put(operation.name(), cells);
        assertThat(cells)
                .as("somebody must get in, or it proves nothing that the others do not")
                .anyMatch(cell -> cell.startsWith("2") || cell.startsWith("303"));
        assertThat(row(operation.name(), cells))
                .as("docs/access-matrix.md says otherwise; what was answered is in %s", ANSWERED)
                .isEqualTo(
                        row(
                                operation.name(),
                                table(expected, door)
                                        .rows()
                                        .getOrDefault(operation.name(), List.of("no row"))));
    }

    private static String row(String operation, List<String> cells) {
        Map<String, String> row = new TreeMap<>();
        for (int column = 0; column < cells.size(); column++) {
            row.put(HEADINGS.get(column), cells.get(column));
        }
        return operation + " " + row;
    }

    private static AccessTable table(Map<Door, AccessTable> tables, Door door) {
        return tables.computeIfAbsent(
                door,
                missing -> {
                    throw new IllegalStateException("No table for " + missing);
                });
    }

    private String cell(Door door, Operation operation, Principal principal) {
        Visit visit =
                operation.isStaged()
                        ? visit(principal, door)
                        : visits(door).computeIfAbsent(principal, any -> visit(principal, door));
        World world = visit.world();
        operation.before().accept(world);
        Request request = operation.request().apply(world);
        Map<String, String> before = world.fingerprint();

        Reply reply = operation.send(request, visit.client());

        String cell = cell(reply);
        String what = principal + " " + operation + ": " + cell + " " + reply.body();
        assertThat(reply.status()).as(what).isLessThan(500);
        if (operation.leavesNoTrace() || reply.status() >= 400 || cell.startsWith("302")) {
            assertThat(world.fingerprint()).as(what).isEqualTo(before);
        } else {
            visits(door).remove(principal);
        }
        if (door == Door.API && principal.isProgram() && reply.status() == 403) {
            assertThat(reply.json().path("code").asString())
                    .as(what)
                    .isIn("not_for_api_keys", "operators_only");
        }
        if (principal.isForeign() && operation.by() != Principal.ANONYMOUS) {
            assertNothingLeaks(reply, world, what);
        }
        return cell;
    }

    private Visit visit(Principal principal, Door door) {
        World world = World.populated(product);
        return new Visit(world, principal.enter(world, door));
    }

    private Map<Principal, Visit> visits(Door door) {
        return visits.computeIfAbsent(door, any -> new ConcurrentHashMap<>());
    }

    /** The status, and where a redirect leads. */
    private static String cell(Reply reply) {
        String location = reply.header("Location");
        return location == null
                ? Integer.toString(reply.status())
                : reply.status() + " " + location.replaceFirst("\\?.*", "").replaceAll(ID, "…");
    }

    /** Neither what is in a world, nor how much. */
    private static void assertNothingLeaks(Reply reply, World world, String what) {
        assertThat(reply.body()).as(what).doesNotContain(world.secrets());
        if (reply.json().has("count")) {
            assertThat(reply.json().path("count").asLong())
                    .as(what)
                    .isEqualTo(reply.results().size());
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyOperationThatIsServedIsKnownAndHasARow(Door door) {
        TreeSet<String> known = new TreeSet<>();
        door.operations().forEach(operation -> known.add(operation.name()));

        assertThat(known)
                .as(
                        "Say in the room's Operations how it is asked, run this test, look at %s, and"
                                + " copy the row to docs/access-matrix.md; take out what is not served"
                                + " any more",
                        ANSWERED)
                .isEqualTo(door.served(product));
        assertThat(table(expected, door).rows().keySet())
                .as("docs/access-matrix.md has a row for each operation, and no other")
                .containsExactlyInAnyOrderElementsOf(known);
    }

    @ParameterizedTest
    @EnumSource
    void theDocumentIsInOrder(Door door) {
        AccessTable table = table(expected, door);

        assertThat(table.headings()).isEqualTo(HEADINGS);
        assertThat(List.copyOf(table.rows().keySet()))
                .isSortedAccordingTo(Comparator.comparing(AccessMatrixTests::place));
    }

    @Test
    void aFormWithoutItsTokenIsRefused() {
        World world = World.populated(product);
        Api browser =
                Principal.OWNER.enter(world, Door.PAGES).with("X-XSRF-TOKEN", "somebody-elses");
        Door.PAGES.operations().stream()
                .filter(operation -> !operation.isSafe())
                .forEach(
                        operation -> {
                            Request request = operation.request().apply(world);
                            Map<String, String> before = world.fingerprint();

                            Reply reply = operation.send(request, browser);

                            assertThat(reply.status()).as(operation.name()).isEqualTo(403);
                            assertThat(world.fingerprint()).as(operation.name()).isEqualTo(before);
                        });
    }
}
