package com.igny8.kernel;

import java.util.Set;

/**
 * What a client believes it is changing: the tags it sent as {@code If-Match}. Without any,
 * whatever is there is meant.
 */
public record IfMatch(Set<String> tags) {
    public static final IfMatch ANYTHING = new IfMatch(Set.of());

    public IfMatch {
        tags = Set.copyOf(tags);
    }

    /**
     * 412 where the thing is not what the client saw. To be asked inside the transaction that
     * changes it, with its row locked.
     */
    public void require(Record thing) {
        if (!tags.isEmpty() && !tags.contains(EntityTag.of(thing))) {
            throw Problem.of(
                    412,
                    "changed_meanwhile",
                    "Somebody changed this meanwhile. Load it again and make your change once more");
        }
    }
}
