package com.igny8.jobs;

import com.igny8.kernel.Problem;
import com.igny8.tenancy.Caller;
import com.igny8.tenancy.Tenancy;

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

/**
 * Tells a client how a job goes on, as server-sent events, until it ends. Reads the database, so it
 * does not matter which node does the work; asks the gate again at each look.
 */
@Component
class JobStream {
    private static final Duration LONGEST = Duration.ofMinutes(10);
    private static final long LOOK_MILLIS = 300;

    /** So that proxies do not take a quiet stream for a dead one. */
    private static final int LOOKS_UNTIL_COMMENT = 50;

    private final Jobs jobs;
    private final JobAdmission admission;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private volatile boolean isClosing;

    JobStream(Jobs jobs, JobAdmission admission) {
        this.jobs = jobs;
        this.admission = admission;
    }

    /** A stream on a job the caller may see. */
    SseEmitter open(UUID id) {
        jobs.get(id);
        Caller caller = Tenancy.caller();
        var emitter = new SseEmitter(LONGEST.toMillis());
        threads.execute(() -> follow(id, caller, emitter));
        return emitter;
    }

    private void follow(UUID id, Caller caller, SseEmitter emitter) {
        try {
            Optional<JobView> last = Optional.empty();
            for (int look = 1; !isClosing; look++) {
                Caller now = admission.admit(caller.accountId(), caller.userId());
                JobView view = Tenancy.as(now, () -> JobView.of(jobs.get(id)));
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
            emitter.complete();
        } catch (IOException | IllegalStateException clientIsGone) {
            emitter.complete();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            emitter.complete();
        } catch (Problem refused) {
            emitter.complete(); // By the gate: the client comes back, and is told why
        }
    }

    /** Streams would hold up the orderly end of the server. */
    @EventListener(ContextClosedEvent.class)
    void onClosing() {
        isClosing = true;
        threads.shutdown();
    }
}
