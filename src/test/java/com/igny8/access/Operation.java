package com.igny8.access;

import com.igny8.testing.Api;
import com.igny8.testing.Reply;
import com.igny8.testing.World;
import com.igny8.testing.World.Thing;

import java.util.Arrays;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * An operation of the API, or a page, and how it is asked about the things in a world, so that
 * whoever may ask gets what they want.
 *
 * @param name {@code METHOD /path/{id}/}, as it is served
 * @param by somebody who may; the owner, if nothing else is said. Anonymous is whoever holds a link
 *     that was mailed, and is told what it leads to
 * @param before what must have happened in the world for it to make sense
 * @param narrows ids in the query that only make a list shorter: with another account's, it is
 *     empty, where other ids are not found
 * @param isWrittenDown reads, and leaves a line in the log
 */
record Operation(
        String name,
        Principal by,
        Consumer<World> before,
        Function<World, Request> request,
        Set<Thing> narrows,
        boolean isWrittenDown) {
    @SuppressWarnings("UnnecessaryLambda") // One, that others are told from
    private static final Consumer<World> NOTHING = world -> {};

    static Operation operation(String name, Function<World, Request> request) {
        return new Operation(name, Principal.OWNER, NOTHING, request, Set.of(), false);
    }

    Operation by(Principal somebody) {
        return new Operation(name, somebody, before, request, narrows, isWrittenDown);
    }

    Operation after(Consumer<World> happening) {
        return new Operation(name, by, happening, request, narrows, isWrittenDown);
    }

    Operation narrowedBy(Thing... things) {
        return new Operation(
                name, by, before, request, Set.copyOf(Arrays.asList(things)), isWrittenDown);
    }

    Operation writtenDown() {
        return new Operation(name, by, before, request, narrows, true);
    }

    String method() {
        return name.substring(0, name.indexOf(' '));
    }

    String path() {
        return name.substring(name.indexOf(' ') + 1);
    }

    /** Reads, as its method says. */
    boolean isSafe() {
        return method().equals("GET");
    }

    /** Reads, and must not change anything, not even for the asking. */
    boolean leavesNoTrace() {
        return isSafe() && !isWrittenDown;
    }

    /** Needs a world in which something special happened. */
    boolean isStaged() {
        return !before.equals(NOTHING);
    }

    Reply send(World world, Api client) {
        return send(request.apply(world), client);
    }

    Reply send(Request changed, Api client) {
        return changed.send(client, method(), path());
    }

    /** What of an account it names by an id, in the path, the query or the body. */
    Set<Thing> names(World world) {
        World asked = world.copy();
        var _ = request.apply(asked); // What it named on the way is what counts
        return asked.named();
    }

    @Override
    public String toString() {
        return name;
    }
}
