package com.igny8.access;

import com.igny8.tenancy.Role;
import com.igny8.testing.Api;
import com.igny8.testing.World;

import java.util.Locale;
import java.util.function.BiFunction;

/** Who sends a request about the things in a world. Each is a column of the table. */
enum Principal {
    ANONYMOUS((world, door) -> door.anonymous(world.product())),
    /** A viewer who was let into no site. */
    OUTSIDER((world, door) -> door.client(world, world.addMember(Role.VIEWER))),
    VIEWER((world, door) -> door.client(world, world.member(Role.VIEWER))),
    EDITOR((world, door) -> door.client(world, world.member(Role.EDITOR))),
    ADMIN((world, door) -> door.client(world, world.member(Role.ADMIN))),
    OWNER((world, door) -> door.client(world, world.member(Role.OWNER))),
    OPERATOR((world, door) -> door.client(world, world.addOperator())),
    /** A program with a key of the very site and all scopes. */
    KEY((world, door) -> door.program(world.product(), world.key())),
    /** A program with a key of another site of the same account, and all scopes. */
    OTHER_KEY((world, door) -> door.program(world.product(), world.keyOfAnotherSite())),
    /** The owner of another account, in which there is nothing. */
    STRANGER(
            (world, door) -> {
                World elsewhere = World.empty(world.product());
                Api client = door.client(elsewhere, elsewhere.member(Role.OWNER));
                world.actsAs(elsewhere.actor());
                return client;
            }),
    /** The owner of the account, when it is suspended. */
    SUSPENDED((world, door) -> door.client(world.suspended(), world.member(Role.OWNER))),
    /** An admin of the account, when it is suspended. */
    SUSPENDED_ADMIN((world, door) -> door.client(world.suspended(), world.member(Role.ADMIN)));

    // Each is a function without a state of its own
    @SuppressWarnings("ImmutableEnumChecker")
    private final BiFunction<World, Door, Api> wayIn;

    Principal(BiFunction<World, Door, Api> wayIn) {
        this.wayIn = wayIn;
    }

    /** Has them come in. */
    Api enter(World world, Door door) {
        return wayIn.apply(world, door);
    }

    String heading() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Comes with an API key: what is for people is refused for that alone, whatever their role. */
    boolean isProgram() {
        return this == KEY || this == OTHER_KEY;
    }

    /** Nothing of what is in the world is theirs to see. */
    boolean isForeign() {
        return switch (this) {
            case ANONYMOUS, OTHER_KEY, STRANGER -> true;
            case OUTSIDER,
                    VIEWER,
                    EDITOR,
                    ADMIN,
                    OWNER,
                    OPERATOR,
                    KEY,
                    SUSPENDED,
                    SUSPENDED_ADMIN ->
                    false;
        };
    }
}
