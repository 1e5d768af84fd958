package com.igny8.mail;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** An outbox that nothing leaves: who writes to it sees how their letters would look. */
public final class Drafts implements Outbox {
    private final List<Draft> drafts = new ArrayList<>();
    private String when = "";

    record Draft(String when, Message message) {}

    /**
     * Has a letter written.
     *
     * @param when what it is sent at, as {@code An invoice was paid}
     */
    public void when(String when, Runnable writing) {
        this.when = when;
        writing.run();
    }

    @Override
    public void post(Message message) {
        drafts.add(new Draft(when, message));
    }

    @Override
    public void postAtMostEvery(Duration time, Message message) {
        post(message);
    }

    List<Draft> written() {
        return List.copyOf(drafts);
    }
}
