package com.igny8.payment;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import com.igny8.kernel.Page;
import com.igny8.kernel.PageRequest;
import com.igny8.kernel.Problem;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.context.annotation.Bean;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Takes what providers tell us: stored first, answered, then dealt with, once. An event only says
 * where to look; what counts is what the provider has by then.
 */
@Component
public class ProviderEvents implements DisposableBean {
    private static final Logger LOG = LoggerFactory.getLogger(ProviderEvents.class);
    private static final int THREADS = 4;
    private static final int BATCH = 50;
    private static final Duration KEPT = Duration.ofDays(90);

    private final PaymentOptions options;
    private final ProviderInbox inbox;
    private final Reckoning reckoning;
    private final ExecutorService soon =
            Executors.newFixedThreadPool(
                    THREADS, Thread.ofVirtual().name("provider-event-", 1).factory());

    ProviderEvents(PaymentOptions options, ProviderInbox inbox, Reckoning reckoning) {
        this.options = options;
        this.inbox = inbox;
        this.reckoning = reckoning;
    }

    /** Keeps what is signed by the provider; 400 for what is not. */
    void receive(PaymentType type, HttpHeaders headers, String body) {
        Notice notice = read(type, headers, body);
        inbox.store(type, notice).ifPresent(this::processSoon);
    }

    private Notice read(PaymentType type, HttpHeaders headers, String body) {
        try {
            return options.provider(type).read(headers, body);
        } catch (ProviderFailure failure) {
            // The provider takes any refusal for a reason to send it again
            throw failure.problem();
        }
    }

    private void processSoon(UUID id) {
        soon.execute(() -> inbox.take(id).ifPresent(this::process));
    }

    private void process(ProviderInbox.Taken event) {
        try {
            inbox.settle(event, processed(event));
        } catch (ProviderFailure | Problem failure) {
            fail(event, String.valueOf(failure.getMessage()));
        } catch (RuntimeException failure) {
            LOG.error("Event {} of {}", event.notice().eventId(), event.provider().key(), failure);
            fail(event, failure.getClass().getSimpleName() + ": " + failure.getMessage());
        }
    }

    private Optional<UUID> processed(ProviderInbox.Taken event) {
        List<Finding> findings = options.provider(event.provider()).look(event.notice());
        return findings.stream()
                .map(finding -> reckoning.reckon(event.provider(), finding))
                .flatMap(Optional::stream)
                .reduce((first, second) -> second);
    }

    private void fail(ProviderInbox.Taken event, String reason) {
        LOG.warn(
                "Event {} of {} has to wait: {}",
                event.notice().eventId(),
                event.provider().key(),
                reason);
        inbox.fail(event, reason);
    }

    /** For operators. */
    public Page<ProviderEvent> search(@Nullable String status, PageRequest page) {
        return inbox.search(status, page);
    }

    /** Has an event dealt with again, whatever became of it. */
    public void processAgain(UUID id) {
        inbox.again(id);
        processSoon(id);
    }

    @Bean
    static RecurringTask<Void> providerEventProcessing(ProviderEvents events) {
        return Tasks.recurring("provider-events", FixedDelay.ofSeconds(10))
                .execute(
                        (instance, context) ->
                                events.inbox.takeDue(BATCH).forEach(events::process));
    }

    @Bean
    static RecurringTask<Void> providerEventPurge(ProviderInbox inbox) {
        return Tasks.recurring("provider-event-purge", FixedDelay.ofHours(24))
                .execute((instance, context) -> inbox.forgetOld(KEPT));
    }

    /** What was not begun is taken up by the task, here or on another node. */
    @Override
    public void destroy() {
        soon.shutdown();
    }
}
