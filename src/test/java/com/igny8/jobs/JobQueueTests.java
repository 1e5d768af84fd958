package com.igny8.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.igny8.testing.Customer;
import com.igny8.testing.Product;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The queue of a product that has no workers: the tests are the workers. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JobQueueTests {
    private static final String TYPE = "auto_cluster";

    private Product product;
    private JobQueue queue;

    @BeforeAll
    void startWithoutWorkers() {
        product =
                Product.start(
                        Product.freshDirectory(),
                        "--igny8.jobs.workers=0",
                        "--igny8.throttle.enabled=false");
        queue = product.bean(JobQueue.class);
    }

    @AfterAll
    void stop() {
        product.close();
    }

    @BeforeEach
    void emptyTheQueue() {
        product.sql().sql("DELETE FROM job").update();
    }

    @Test
    void accountsTakeTurnsWhateverTheLengthOfTheirQueues() {
        Customer busy = product.emptyAccount();
        Customer modest = product.emptyAccount();
        for (int number = 0; number < 5; number++) {
            enqueue(busy);
        }
        enqueue(modest);

        List<UUID> order =
                Stream.generate(() -> queue.take("worker"))
                        .takeWhile(Optional::isPresent)
                        .map(job -> job.orElseThrow().accountId())
                        .toList();

        assertThat(order.subList(0, 2))
                .containsExactlyInAnyOrder(busy.accountId(), modest.accountId());
        assertThat(order).hasSize(6);
    }

    @Test
    void eachJobIsTakenByOneWorker() throws Exception {
        for (int number = 0; number < 20; number++) {
            enqueue(product.emptyAccount());
        }
        try (var workers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Optional<Job>>> takes =
                    IntStream.range(0, 40)
                            .<Callable<Optional<Job>>>mapToObj(
                                    number -> () -> queue.take("worker-" + number))
                            .toList();
            List<UUID> taken =
                    workers.invokeAll(takes).stream()
                            .flatMap(done -> done.resultNow().stream())
                            .map(Job::id)
                            .toList();
            assertThat(taken).doesNotHaveDuplicates();
        }
    }

    @Test
    void aLeaseThatRanOutHandsTheJobOver() throws Exception {
        enqueue(product.emptyAccount());
        Job first = queue.take("dead").orElseThrow();
        assertThat(queue.take("other")).as("while the lease lasts").isEmpty();

        product.clock()
                .later(
                        JobQueue.LEASE.plus(Duration.ofSeconds(1)),
                        () -> {
                            Job second = queue.take("other").orElseThrow();
                            assertThat(second.id()).isEqualTo(first.id());
                            assertThat(second.attempts()).isEqualTo(2);
                        });
    }

    @Test
    void aRenewedLeaseKeepsTheJob() throws Exception {
        enqueue(product.emptyAccount());
        Job job = queue.take("alive").orElseThrow();

        product.clock()
                .later(
                        JobQueue.LEASE.minusSeconds(5),
                        () -> queue.renew(List.of(job.id()), "alive"));
        product.clock()
                .later(
                        JobQueue.LEASE.plusSeconds(5),
                        () -> assertThat(queue.take("other")).isEmpty());
    }

    @Test
    void whatIsPutBackIsTriedAgainAfterAWhile() throws Exception {
        enqueue(product.emptyAccount());
        Job job = queue.take("worker").orElseThrow();

        queue.putBack(job, "worker", true);

        assertThat(queue.take("worker")).isEmpty();
        product.clock()
                .later(
                        Duration.ofMinutes(1),
                        () ->
                                assertThat(queue.take("worker").orElseThrow().attempts())
                                        .isEqualTo(2));
    }

    private void enqueue(Customer customer) {
        customer.inside(
                () ->
                        product.bean(Jobs.class)
                                .enqueue(new NewJob(TYPE, null, Map.of(), null, null)));
    }
}
