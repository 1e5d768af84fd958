package com.igny8.credit;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What is left of an account's grants, in the order in which it is consumed. */
final class GrantStack {
    private final List<OpenGrant> open = new ArrayList<>();
    private final Map<UUID, OpenGrant> changed = new LinkedHashMap<>();

    /** As it was read. */
    void put(OpenGrant grant) {
        open.add(grant);
    }

    /** All has been read. */
    void sort() {
        open.sort(OpenGrant.CONSUMPTION);
    }

    void add(OpenGrant grant) {
        open.add(grant);
        changed.put(grant.id(), grant);
        sort();
    }

    /** Those that have run out, after those that roll over have done so. */
    List<OpenGrant> due(Instant now) {
        List<OpenGrant> due = open.stream().filter(grant -> grant.isDue(now)).toList();
        if (due.isEmpty()) {
            return due;
        }
        for (OpenGrant grant : due) {
            if (grant.rollsOver(now)) {
                replace(grant, grant.rolledOver());
            }
        }
        sort();
        return open.stream().filter(grant -> grant.isDue(now)).toList();
    }

    /** Takes some of one grant. */
    void take(OpenGrant grant, long amount) {
        replace(grant, grant.left(grant.remaining() - amount));
    }

    /** Takes from one after the other. */
    void consume(long amount) {
        long missing = amount;
        while (missing > 0) {
            if (open.isEmpty()) {
                // The balance let it through, so the grants must have it: else the ledger is broken
                throw new IllegalStateException("Grants lack " + missing + " of " + amount);
            }
            OpenGrant first = open.getFirst();
            long taken = Math.min(missing, first.remaining());
            take(first, taken);
            missing -= taken;
        }
    }

    private void replace(OpenGrant before, OpenGrant after) {
        int index = open.indexOf(before);
        if (after.remaining() == 0) {
            open.remove(index);
        } else {
            open.set(index, after);
        }
        changed.put(after.id(), after);
    }

    /** Those to be written down. */
    Collection<OpenGrant> changed() {
        return changed.values();
    }
}
