package com.igny8.tenancy;

import com.igny8.kernel.Problem;

import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How many of one kind of costly thing an account may have going on at once, on this node: any more
 * would be taken from all the other accounts.
 */
public final class AtOnce {
    private static final long RETRY_AFTER_SECONDS = 5;

    private final int most;
    private final String things;
    private final Map<UUID, Integer> goingOn = new ConcurrentHashMap<>();

    /**
     * @param things what they are, for people, in the plural
     */
    public AtOnce(int most, String things) {
        this.most = most;
        this.things = things;
    }

    /** One of them, from its beginning until it is closed. */
    public interface Turn extends AutoCloseable {
        @Override
        void close();
    }

    /** Begins one more on the bound account; 429 where as many as may be are going on. */
    public Turn begin() {
        UUID accountId = Tenancy.accountId();
        goingOn.merge(
                accountId,
                1,
                (present, one) -> {
                    if (present >= most) {
                        throw tooMany();
                    }
                    return present + one;
                });
        return () -> end(accountId);
    }

    private void end(UUID accountId) {
        goingOn.computeIfPresent(accountId, (id, present) -> present == 1 ? null : present - 1);
    }

    private Problem tooMany() {
        return Problem.of(
                        429,
                        "too_many_at_once",
                        "At most %d %s at once. Try again in a moment".formatted(most, things))
                .with("retry_after", RETRY_AFTER_SECONDS);
    }
}
