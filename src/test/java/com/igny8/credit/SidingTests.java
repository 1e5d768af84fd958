package com.igny8.credit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.igny8.credit.GroupCommit.Request;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** One account has as much of the siding as it needs, and no more. */
@Timeout(60)
class SidingTests {
    private final UUID account = UUID.randomUUID();
    private final CountDownLatch isUnderWay = new CountDownLatch(1);
    private final CountDownLatch letGo = new CountDownLatch(1);
    private final BlockingQueue<List<Request>> commits = new LinkedBlockingQueue<>();
    private final Siding siding = new Siding(this::commit);

    /** The first ends in an error, once it is let go. */
    private void commit(List<Request> batch) {
        if (isUnderWay.getCount() > 0) {
            isUnderWay.countDown();
            await(letGo);
            throw new OutOfMemoryError("For a test");
        }
        commits.add(batch);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stop) {
            throw new IllegalStateException(stop);
        }
    }

    /** Guard: who waits for that account would wait for a thread that is gone. */
    @Test
    void anErrorEndsNobodysSiding() throws Exception {
        Request second = request(1);
        begin();
        assertThat(siding.takes(second)).isTrue();
        letGo.countDown();

        assertThat(commits.poll(30, TimeUnit.SECONDS)).containsExactly(second);
        assertThat(commits.poll(30, TimeUnit.SECONDS)).as("and nobody after it").isEmpty();
        assertThat(siding.takes(request(1))).as("the account has left").isFalse();
    }

    /** Guard: large requests would go into one transaction by the hundred. */
    @Test
    void whoWaitsGoesOnInCommitsOfTheSizeOfALanes() throws Exception {
        begin();
        for (int i = 0; i < 6; i++) {
            assertThat(siding.takes(request(100))).isTrue();
        }
        letGo.countDown();

        assertThat(commits.poll(30, TimeUnit.SECONDS)).hasSize(3);
        assertThat(commits.poll(30, TimeUnit.SECONDS)).hasSize(3);
    }

    @Test
    void tooManyAreToldToComeBack() throws Exception {
        begin();
        for (int i = 0; i < 100; i++) {
            assertThat(siding.takes(request(1_000))).isTrue();
        }

        assertThatThrownBy(() -> siding.takes(request(1))).hasMessageContaining("Try again");
        letGo.countDown();
    }

    private void begin() throws InterruptedException {
        siding.add(request(1));
        isUnderWay.await();
    }

    private Request request(int changes) {
        Change one = new Change.Expiry(Change.Maker.product(account));
        return new Request(account, Collections.nCopies(changes, one), new CompletableFuture<>());
    }
}
