package com.igny8.credit;

import static org.assertj.core.api.Assertions.assertThat;

import com.igny8.testing.Api;
import com.igny8.testing.Customer;
import com.igny8.testing.LedgerInvariants;
import com.igny8.testing.Product;
import com.igny8.testing.Reply;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;

/** Whatever is cut, and whoever asks again: each thing asked for is there once. */
class LedgerFaultTests {
    private static final String DEDUCTIONS = "billing/credits/deductions/";

    private final Product product = Product.running();
    private final Customer customer = product.signUp();

    @AfterEach
    void theLedgerAddsUp() {
        assertThat(LedgerInvariants.violations(product.superuser())).isEmpty();
    }

    @Test
    void connectionsCutInTheMiddleLoseNothingAndDoubleNothing() throws Exception {
        AtomicBoolean isDone = new AtomicBoolean();
        List<Future<Long>> entries = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 200; i++) {
                String key = "key-" + i;
                entries.add(threads.submit(() -> untilAnswered(key)));
            }
            Future<?> cutter = threads.submit(() -> cut(isDone));
            for (Future<Long> entry : entries) {
                entry.get(90, TimeUnit.SECONDS);
            }
            isDone.set(true);
            cutter.get();
        }

        assertThat(entries.stream().map(Future::resultNow)).doesNotHaveDuplicates();
        assertThat(keys()).hasSize(200).doesNotHaveDuplicates();
        assertThat(customer.balance()).isEqualTo(new Balance(1800, 0));
    }

    /** As a worker does: the same key until there is an answer. */
    private long untilAnswered(String key) throws InterruptedException {
        while (true) {
            Reply reply = customer.api().once(key).post(DEDUCTIONS, spending());
            if (reply.status() == 201) {
                return reply.data().path("entry_id").asLong();
            }
            assertThat(reply.status()).as(reply.body()).isBetween(500, 503);
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    private void cut(AtomicBoolean isDone) {
        for (int i = 0; i < 20 && !isDone.get(); i++) {
            product.sql()
                    .sql(
                            """
                            SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
                             WHERE application_name = 'igny8-platform' AND state <> 'idle'
                            """)
                    .query(Long.class)
                    .single();
        }
    }

    @Test
    void whoHangsUpBeforeTheAnswerFindsItWhenAskingAgain() throws Exception {
        for (int i = 0; i < 20; i++) {
            sendAndHangUp("key-" + i);
        }

        for (int i = 0; i < 20; i++) {
            customer.api().once("key-" + i).post(DEDUCTIONS, spending()).expect(201);
        }

        assertThat(keys()).hasSize(20).doesNotHaveDuplicates();
        assertThat(customer.balance()).isEqualTo(new Balance(1980, 0));
    }

    private void sendAndHangUp(String key) throws IOException {
        String body = Api.JSON.writeValueAsString(spending());
        String request =
                "POST /api/v1/billing/credits/deductions/ HTTP/1.1\r\nHost: localhost\r\n"
                        + "Authorization: Bearer %s\r\nContent-Type: application/json\r\n"
                                .formatted(customer.access())
                        + "Idempotency-Key: %s\r\nContent-Length: %d\r\n\r\n%s"
                                .formatted(key, body.length(), body);
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), product.port());
                OutputStream out = socket.getOutputStream()) {
            out.write(request.getBytes(StandardCharsets.UTF_8));
        }
    }

    @Test
    void retriesInAnyOrderAndNumberDoItOnce() throws Exception {
        List<String> keys =
                new ArrayList<>(IntStream.range(0, 150).mapToObj(i -> "key-" + i % 30).toList());
        Collections.shuffle(keys, new Random(11));
        try (Product other = product.node("--igny8.throttle.enabled=false");
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Reply>> replies = new ArrayList<>();
            for (int i = 0; i < keys.size(); i++) {
                Api node = (i % 2 == 0 ? product : other).api().as(customer.access());
                String key = keys.get(i);
                replies.add(threads.submit(() -> node.once(key).post(DEDUCTIONS, spending())));
            }
            for (Future<Reply> reply : replies) {
                reply.get().expect(201);
            }
        }

        assertThat(keys()).hasSize(30).doesNotHaveDuplicates();
        assertThat(customer.balance()).isEqualTo(new Balance(1970, 0));
    }

    @Test
    void twoNodesWithManyAccountsDoNotWaitInACircle() throws Exception {
        List<Customer> customers =
                IntStream.range(0, 8)
                        .mapToObj(i -> product.emptyAccount().withCredits(500))
                        .toList();
        try (Product other = product.node();
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < 400; i++) {
                Customer one = customers.get(i * 7 % 8);
                CreditDesk desk = (i % 2 == 0 ? product : other).bean(CreditDesk.class);
                running.add(
                        threads.submit(
                                () ->
                                        one.inside(
                                                () ->
                                                        desk.post(
                                                                new Change.Deduction(
                                                                        Change.Maker.current(),
                                                                        new Change.Purpose(
                                                                                "t", "t", "t",
                                                                                null),
                                                                        1,
                                                                        UUID.randomUUID()
                                                                                .toString())))));
            }
            for (Future<?> one : running) {
                one.get();
            }
        }
        assertThat(customers)
                .allSatisfy(one -> assertThat(one.balance()).isEqualTo(new Balance(450, 0)));
    }

    private List<String> keys() {
        return product.sql()
                .sql(
                        """
                        SELECT idempotency_key FROM credit_entry
                         WHERE account_id = ? AND idempotency_key IS NOT NULL
                        """)
                .param(customer.accountId())
                .query((row, number) -> row.getString(1))
                .list();
    }

    private static Map<String, Object> spending() {
        return Map.of("amount", 1, "operation", "test", "reference", "test");
    }
}
