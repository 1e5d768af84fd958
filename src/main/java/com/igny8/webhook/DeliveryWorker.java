package com.igny8.webhook;

import com.igny8.http.Outbound;
import com.igny8.http.OutboundFailure;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

import tools.jackson.databind.json.JsonMapper;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Makes deliveries of events and sends them, many at a time: most of it is waiting for others. */
@Component
class DeliveryWorker implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(DeliveryWorker.class);
    private static final int MOST_AT_ONCE = 200;
    private static final int BATCH = 50;
    private static final int EVENTS_AT_ONCE = 500;
    private static final long IDLE_MILLIS = 500;
    private static final long GATHER_MILLIS = 100;

    /** What nobody could check is not sent. */
    private static final String UNSIGNED =
            "It cannot be signed: we cannot read the endpoint's secret. Rotate the secret, then"
                    + " send it again";

    private static final long STOP_SECONDS = Outbound.LIMIT.toSeconds();

    private final DeliveryQueue queue;
    private final Settlement settlement;
    private final Outbound outbound;
    private final JsonMapper json;
    private final Clock clock;
    private final String name = UUID.randomUUID().toString();
    private final Semaphore free = new Semaphore(MOST_AT_ONCE);
    private ExecutorService couriers = couriers();
    private Thread dispatcher = dispatcher();
    private volatile boolean isRunning;

    DeliveryWorker(
            DeliveryQueue queue,
            Settlement settlement,
            Outbound outbound,
            JsonMapper json,
            Clock clock) {
        this.queue = queue;
        this.settlement = settlement;
        this.outbound = outbound;
        this.json = json;
        this.clock = clock;
    }

    @Override
    public void start() {
        couriers = couriers();
        dispatcher = dispatcher();
        isRunning = true;
        dispatcher.start();
    }

    private static ExecutorService couriers() {
        return Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("webhook-", 1).factory());
    }

    private Thread dispatcher() {
        return Thread.ofPlatform().daemon().name("webhook-dispatch").unstarted(this::dispatch);
    }

    private void dispatch() {
        while (isRunning) {
            try {
                int events = queue.spread(EVENTS_AT_ONCE);
                int deliveries = takeUp();
                if (events + deliveries == 0) {
                    TimeUnit.MILLISECONDS.sleep(IDLE_MILLIS);
                } else if (deliveries == 0 && events < EVENTS_AT_ONCE) {
                    // Events of a long run come one by one: where nobody asked, let some gather
                    TimeUnit.MILLISECONDS.sleep(GATHER_MILLIS);
                }
            } catch (InterruptedException stopped) {
                return;
            } catch (RuntimeException | Error failure) {
                // An Error too: with this thread all that is still to be told would wait
                LOG.warn("Webhooks were not looked after: {}", failure.toString());
                pause();
            }
        }
    }

    /** How many deliveries were begun. */
    private int takeUp() {
        int most = Math.min(BATCH, free.availablePermits());
        List<DeliveryQueue.Taken> taken = most == 0 ? List.of() : queue.take(name, most);
        for (DeliveryQueue.Taken delivery : taken) {
            free.acquireUninterruptibly();
            couriers.execute(() -> attend(delivery));
        }
        return taken.size();
    }

    private void attend(DeliveryQueue.Taken delivery) {
        try {
            settlement.settle(delivery, attempt(delivery), name);
        } catch (RuntimeException failure) {
            // Nothing is written down: when the lease has run out it is tried again
            LOG.warn("Delivery {} was not settled", delivery.id(), failure);
        } finally {
            free.release();
        }
    }

    private Attempt attempt(DeliveryQueue.Taken delivery) {
        Instant at = clock.instant();
        if (delivery.secrets().isEmpty()) {
            return new Attempt(at, Duration.ZERO, null, "", UNSIGNED);
        }
        String body = delivery.event().body(json);
        long start = System.nanoTime();
        try {
            Outbound.Answered answered =
                    outbound.post(delivery.url(), headers(delivery, at, body), body);
            return new Attempt(at, since(start), answered.status(), answered.excerpt(), null);
        } catch (OutboundFailure failure) {
            return new Attempt(at, since(start), null, "", String.valueOf(failure.getMessage()));
        } catch (RuntimeException failure) {
            // It counts as a try like any other, or it would be tried for ever
            LOG.error("Delivery {} could not be sent", delivery.id(), failure);
            return new Attempt(at, since(start), null, "", "Something went wrong on our side");
        }
    }

    private static Duration since(long start) {
        return Duration.ofNanos(System.nanoTime() - start);
    }

    private static Map<String, String> headers(
            DeliveryQueue.Taken delivery, Instant at, String body) {
        String id = delivery.event().id().toString();
        return Map.of(
                "webhook-id",
                id,
                "webhook-timestamp",
                Long.toString(at.getEpochSecond()),
                "webhook-signature",
                delivery.secrets().stream()
                        .map(secret -> secret.sign(id, at, body))
                        .collect(Collectors.joining(" ")));
    }

    private static void pause() {
        try {
            TimeUnit.SECONDS.sleep(1);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /** What is under way may end; what does not in time is tried again, here or elsewhere. */
    @Override
    public void stop() {
        isRunning = false;
        try {
            var _ = dispatcher.join(Duration.ofSeconds(STOP_SECONDS));
            couriers.shutdown();
            if (!couriers.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("Some webhooks were under way still; they are sent again");
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return isRunning;
    }
}
