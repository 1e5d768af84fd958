package com.igny8.access;

import com.igny8.testing.Api;
import com.igny8.testing.Reply;
import com.igny8.testing.World;
import com.igny8.testing.World.Thing;

import java.util.Arrays;
import java.util.Set;
import java.util.function.Function;

/**
 * An operation of the API, or a page, and how it is asked about the things in a world, so that
 * whoever may ask gets what they want.
 *
 * @param name {@code METHOD /path/{id}/}, as it is served
 * @param narrows ids in the query that only make a list shorter: with another account's, it is
 *     empty, where other ids are not found
 */
record Operation(String name, Function<World, Request> request, Set<Thing> narrows) {

    static Operation operation(String name, Function<World, Request> request) {
        return new Operation(name, request, Set.of());
    }

    Operation narrowedBy(Thing... things) {
        return new Operation(name, request, Set.copyOf(Arrays.asList(things)));
    }

    String method() {
        return name.substring(0, name.indexOf(' '));
    }

    String path() {
        return name.substring(name.indexOf(' ') + 1);
    }

    /** Reads, and must not change anything. */
    boolean isSafe() {
        return method().equals("GET");
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
