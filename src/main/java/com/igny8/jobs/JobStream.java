package com.igny8.jobs;

import com.igny8.kernel.Problem;
import com.igny8.tenancy.AtOnce;
import com.igny8.tenancy.Caller;
import com.igny8.tenancy.Tenancy;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/**
 * Tells a client how a job goes on, as server-sent events, until it ends. Reads the database, so it
 * does not matter which node does the work; at each look it asks again whether they are still
 * signed in and what the gate says, and tells why where it ends.
 */
@Component
class JobStream {
    private static final Logger LOG = LoggerFactory.getLogger(JobStream.class);
    private static final Duration LONGEST = Duration.ofMinutes(10);
    private static final long LOOK_MILLIS = 300;

    /** So that proxies do not take a quiet stream for a dead one. */
    private static final int LOOKS_UNTIL_COMMENT = 50;

    /** Of one account: each asks the database three times a second. */
    private static final int MAX_AT_ONCE = 20;

    private final Jobs jobs;
    private final JobAdmission admission;
    private final AtOnce streams = new AtOnce(MAX_AT_ONCE, "streams are served");
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private volatile boolean isClosing;

    JobStream(Jobs jobs, JobAdmission admission) {
        this.jobs = jobs;
        this.admission = admission;
    }

    /** A stream on a job the caller may see. */
    SseEmitter open(UUID id) {
        jobs.get(id);
        Supplier<Caller> caller = admission.again();
        AtOnce.Turn turn = streams.begin();
        var emitter = new SseEmitter(LONGEST.toMillis());
        threads.execute(
                () -> {
                    try (turn) {
                        follow(id, caller, emitter);
                    } finally {
                        emitter.complete();
                    }
                });
        return emitter;
    }

    private void follow(UUID id, Supplier<Caller> caller, SseEmitter emitter) {
        try {
            tellUntilItEnds(id, caller, emitter);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } catch (IOException | RuntimeException over) {
            // The client is gone, or the database does not answer: a client that is there comes
            // back
            LOG.debug("A stream ended early", over);
        }
    }

    /** Why a stream ends before its job does. */
    private record Refused(String code, String error) {}

    private void tellUntilItEnds(UUID id, Supplier<Caller> caller, SseEmitter emitter)
            throws IOException, InterruptedException {
        try {
            Optional<JobView> last = Optional.empty();
            for (int look = 1; !isClosing; look++) {
                JobView view = Tenancy.as(caller.get(), () -> JobView.of(jobs.get(id)));
                if (!last.equals(Optional.of(view))) {
                    emitter.send(SseEmitter.event().name("job").data(view));
                    last = Optional.of(view);
                } else if (look % LOOKS_UNTIL_COMMENT == 0) {
                    emitter.send(SseEmitter.event().comment("still here"));
                }
                if (Job.Status.of(view.status()).isFinal()) {
                    break;
                }
                Thread.sleep(LOOK_MILLIS);
            }
        } catch (Problem refusal) {
            emitter.send(
                    SseEmitter.event()
                            .name("refused")
                            .data(new Refused(refusal.code(), refusal.sentence())));
        }
    }

    /** Streams would hold up the orderly end of the server. */
    @EventListener(ContextClosedEvent.class)
    void onClosing() {
        isClosing = true;
        threads.shutdown();
    }
}
