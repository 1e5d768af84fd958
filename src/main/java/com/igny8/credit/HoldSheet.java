package com.igny8.credit;

import com.igny8.kernel.Problem;

import org.jspecify.annotations.Nullable;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/** The holds of an account that its changes name, and those that were made under their keys. */
final class HoldSheet {
    private final Map<UUID, KnownHold> byId = new HashMap<>();
    private final Map<String, KnownHold> byKey = new HashMap<>();
    private final Map<UUID, KnownHold> changed = new LinkedHashMap<>();

    /** As it was read. */
    void put(KnownHold known) {
        byId.put(known.hold().id(), known);
        if (known.key() != null) {
            byKey.put(known.key(), known);
        }
    }

    @Nullable KnownHold find(UUID id) {
        return byId.get(id);
    }

    @Nullable KnownHold madeUnder(String key) {
        return byKey.get(key);
    }

    /** 404 where there is none that the maker may know of. */
    KnownHold get(Change.Maker by, UUID id) {
        KnownHold known = find(id);
        if (known == null || !by.knows(known.hold())) {
            throw Problem.notFound("Hold");
        }
        return known;
    }

    /** As {@link #get}; 409 where it was captured or released. */
    KnownHold open(Change.Maker by, UUID id) {
        KnownHold known = get(by, id);
        if (known.isSettled()) {
            throw Problem.conflict("hold_settled", "This hold was " + known.hold().status().key());
        }
        return known;
    }

    /** As it is from now on. */
    void change(KnownHold known) {
        put(known);
        changed.put(known.hold().id(), known);
    }

    /** What is to be written down. */
    Collection<KnownHold> changed() {
        return changed.values();
    }
}
