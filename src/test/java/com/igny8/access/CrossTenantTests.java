package com.igny8.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.igny8.testing.Product;
import com.igny8.testing.Reply;
import com.igny8.testing.World;
import com.igny8.testing.World.Thing;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * In each request, wherever it takes an id, in path, query or body: that of somebody else's thing
 * among one's own. It must be answered as if there were no such thing, and change nothing. Which
 * ids a request takes is seen from how it is made.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CrossTenantTests {
    private final Product product = Product.running();
    private World victim;

    @BeforeAll
    void somebodyElse() {
        victim = World.populated(product);
    }

    Stream<Arguments> attacks() {
        return Arrays.stream(Door.values())
                .flatMap(
                        door ->
                                door.operations().stream()
                                        .flatMap(
                                                operation ->
                                                        operation.names(victim).stream()
                                                                .sorted()
                                                                .map(
                                                                        thing ->
                                                                                Arguments.of(
                                                                                        door,
                                                                                        operation,
                                                                                        thing))));
    }

    @ParameterizedTest(name = "{1}: {2}")
    @MethodSource("attacks")
    void whatBelongsToAnotherAccountIsNotThere(Door door, Operation operation, Thing thing) {
        World thief = World.populated(product);
        Map<String, String> before = victim.fingerprint();
        Map<String, String> thiefs = thief.fingerprint();

        Principal whoMay =
                operation.by() == Principal.OPERATOR ? Principal.OPERATOR : Principal.OWNER;
        Reply reply = operation.send(thief.with(thing, victim), whoMay.enter(thief, door));

        if (operation.narrows().contains(thing)) {
            assertThat(reply.expect(200).results()).isEmpty();
            assertThat(reply.json().path("count").asLong(-1)).isZero();
        } else if (reply.status() == 200 && reply.data().has("results")) {
            // Many things in one call, each answered for itself
            assertThat(reply.data().path("results").valueStream())
                    .as(reply.body())
                    .isNotEmpty()
                    .allSatisfy(
                            item ->
                                    assertThat(item.path("code").asString(""))
                                            .isEqualTo("not_found"));
        } else {
            assertThat(reply.status()).as(reply.body()).isEqualTo(404);
        }
        assertThat(reply.body()).doesNotContain("world.example", victim.accountId().toString());
        assertThat(victim.fingerprint()).isEqualTo(before);
        assertThat(thief.fingerprint()).isEqualTo(thiefs);
    }

    @Test
    void everyKindOfThingIsAttacked() {
        Set<Thing> attacked = EnumSet.noneOf(Thing.class);
        for (Door door : Door.values()) {
            door.operations().forEach(operation -> attacked.addAll(operation.names(victim)));
        }

        // Only operators name a payment, and they may name anybody's
        attacked.add(Thing.PAYMENT);
        assertThat(attacked).containsExactlyInAnyOrder(Thing.values());
    }
}
