package com.igny8.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.igny8.kernel.Problem;
import com.igny8.tenancy.AuditLog;
import com.igny8.tenancy.PlatformTransactions;
import com.igny8.tenancy.TenantTransactions;
import com.igny8.testing.Customer;
import com.igny8.testing.LedgerInvariants;
import com.igny8.testing.Product;
import com.igny8.testing.Reply;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.springframework.beans.factory.support.StaticListableBeanFactory;

import tools.jackson.databind.json.JsonMapper;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** On a product that takes no jobs by itself, so that each test says when one is taken, by whom. */
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JobWorkerTests {
    private static final String CLUSTER = "planner/clusters/auto_cluster/";

    private Product product;

    @BeforeAll
    void start() {
        product =
                Product.start(
                        Product.freshDirectory(),
                        "--igny8.jobs.workers=0",
                        "--igny8.throttle.enabled=false");
    }

    @AfterAll
    void stop() {
        assertThat(LedgerInvariants.violations(product.superuser())).isEmpty();
        product.close();
    }

    @Test
    void anErrorTakesNoWorkerWithIt() throws InterruptedException {
        Customer customer = product.signUp();
        JobHandler breaks =
                handler(
                        "breaks",
                        run -> {
                            throw new StackOverflowError();
                        });
        JobHandler works =
                handler("works", run -> () -> new JobHandler.Outcome(Map.of("done", true), 0));

        enqueue(customer, "breaks");
        UUID second = enqueue(customer, "works");

        work(second, breaks, works);
        assertThat(status(second)).isEqualTo("succeeded");
    }

    @Test
    void whatIsCancelledBeforeItsEndIsNotKept() throws InterruptedException {
        Customer customer = product.signUp();
        AtomicBoolean isKept = new AtomicBoolean();
        JobHandler cancelled =
                handler(
                        "cancelled",
                        run -> {
                            product.bean(Jobs.class).cancel(run.job().id());
                            return () -> {
                                isKept.set(true);
                                return new JobHandler.Outcome(Map.of(), 10);
                            };
                        });

        UUID job = enqueue(customer, "cancelled");

        work(job, cancelled);
        assertThat(status(job)).isEqualTo("cancelled");
        assertThat(isKept).isFalse();
    }

    @Test
    void workThatHasGoneMeanwhileCostsNothing() throws InterruptedException {
        Customer customer = product.signUp();
        UUID site = customer.addSite();
        load(customer, site, 1);
        UUID job = cluster(customer, site);
        String keyword =
                customer.api()
                        .get("planner/keywords/?site=" + site)
                        .results()
                        .get(0)
                        .path("id")
                        .asString();
        customer.api().patch("planner/keywords/" + keyword + "/", "{\"cluster\":null}").expect(200);

        work(job, product.bean(JobHandler.class));

        assertThat(status(job)).isEqualTo("failed");
        assertThat(customer.balance().balance()).isEqualTo(2000);
        assertThat(customer.balance().held()).isZero();
    }

    @Test
    void workThatHasGrownBeyondItsCreditsIsNotBegun() throws InterruptedException {
        Customer customer = product.signUp().withCredits(10);
        UUID site = customer.addSite();
        load(customer, site, 2);
        UUID job = cluster(customer, site);
        load(customer, site, 1_001);

        work(job, product.bean(JobHandler.class));

        Reply failed = customer.api().get("jobs/" + job + "/").expect(200);
        assertThat(failed.data().path("error_code").asString()).isEqualTo("insufficient_credits");
        assertThat(failed.data().path("error").asString()).contains("20 credits, 10 are available");
        assertThat(failed.data().path("progress").asInt()).isZero();
        assertThat(customer.balance().available()).isEqualTo(10);
    }

    @Test
    void whatWaitedFailsWithTheGatesCodeWhenItsTurnComes() throws InterruptedException {
        Customer customer = product.signUp();
        UUID site = customer.addSite();
        load(customer, site, 2);
        UUID job = cluster(customer, site);
        assertThat(customer.balance().held()).isEqualTo(10);
        product.sql()
                .sql("UPDATE account SET status = 'suspended' WHERE id = ?")
                .param(customer.accountId())
                .update();

        work(job, product.bean(JobHandler.class));

        assertThat(column(job, "status")).isEqualTo("failed");
        assertThat(column(job, "error_code")).isEqualTo("account_suspended");
        assertThat(customer.balance().held()).isZero();
    }

    @Test
    void workForWhichOneHasLostTheSiteIsNotKept() throws InterruptedException {
        Customer customer = product.signUp();
        AtomicBoolean isKept = new AtomicBoolean();
        AtomicBoolean isAllowed = new AtomicBoolean(true);
        JobHandler loses =
                new JobHandler() {
                    @Override
                    public String type() {
                        return "loses";
                    }

                    @Override
                    public void requireAllowed(Job job) {
                        if (!isAllowed.get()) {
                            throw Problem.notFound("Site");
                        }
                    }

                    @Override
                    public Completion run(JobRun run) {
                        isAllowed.set(false);
                        return () -> {
                            isKept.set(true);
                            return new Outcome(Map.of(), 0);
                        };
                    }

                    @Override
                    public void giveUp(Job job) {}
                };

        UUID job = enqueue(customer, "loses");

        work(job, loses);
        assertThat(column(job, "error_code")).isEqualTo("not_found");
        assertThat(isKept).isFalse();
    }

    private String column(UUID job, String column) {
        return product.sql()
                .sql("SELECT coalesce(" + column + "::text, '') FROM job WHERE id = ?")
                .param(job)
                .query(String.class)
                .single();
    }

    @Test
    void anAccountIsServedSoManyStreamsAtOnce() throws IOException {
        Customer customer = product.signUp();
        UUID job = enqueue(customer, "waits");
        List<Socket> streams = new ArrayList<>();
        try {
            for (int number = 0; number < 20; number++) {
                assertThat(open(customer, job, streams)).startsWith("HTTP/1.1 200");
            }
            assertThat(open(customer, job, streams)).startsWith("HTTP/1.1 429");
            Customer other = product.signUp();
            assertThat(open(other, enqueue(other, "waits"), streams)).startsWith("HTTP/1.1 200");
        } finally {
            for (Socket stream : streams) {
                stream.close();
            }
            customer.api().post("jobs/" + job + "/cancel/", "");
        }
    }

    /** Asks for the events of a job, and leaves the connection open. */
    private String open(Customer customer, UUID job, List<Socket> streams) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), product.port());
        streams.add(socket);
        socket.getOutputStream()
                .write(
                        "GET /api/v1/jobs/%s/events/ HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer %s\r\n\r\n"
                                .formatted(job, customer.access())
                                .getBytes(StandardCharsets.US_ASCII));
        return String.valueOf(
                new BufferedReader(
                                new InputStreamReader(
                                        socket.getInputStream(), StandardCharsets.US_ASCII))
                        .readLine());
    }

    private void load(Customer customer, UUID site, int keywords) {
        String file =
                "Keyword\n"
                        + IntStream.range(0, keywords)
                                .mapToObj(number -> "keyword " + number)
                                .collect(Collectors.joining("\n"));
        customer.api()
                .upload(
                        "planner/keywords/import/",
                        Map.of("site", site.toString()),
                        "k.csv",
                        file.getBytes(StandardCharsets.UTF_8))
                .expect(200);
    }

    private static UUID cluster(Customer customer, UUID site) {
        Reply started = customer.api().post(CLUSTER, Map.of("site", site)).expect(202);
        return UUID.fromString(started.data().path("job_id").asString());
    }

    private interface Run {
        JobHandler.Completion run(JobRun run);
    }

    private static JobHandler handler(String type, Run work) {
        return new JobHandler() {
            @Override
            public String type() {
                return type;
            }

            @Override
            public Completion run(JobRun run) {
                return work.run(run);
            }

            @Override
            public void giveUp(Job job) {}
        };
    }

    private UUID enqueue(Customer customer, String type) {
        NewJob newJob = new NewJob(type, null, Map.of(), null, null);
        return customer.inside(() -> product.bean(Jobs.class).enqueue(newJob).id());
    }

    /** Has one worker with these handlers take jobs until this one has ended. */
    private void work(UUID job, JobHandler... handlers) throws InterruptedException {
        var beans = new StaticListableBeanFactory();
        for (JobHandler handler : handlers) {
            beans.addBean(handler.type(), handler);
        }
        TenantTransactions transactions = product.bean(TenantTransactions.class);
        JsonMapper json = product.bean(JsonMapper.class);
        Jobs jobs =
                new Jobs(
                        transactions,
                        json,
                        product.clock(),
                        beans.getBeanProvider(JobHandler.class),
                        product.bean(AuditLog.class),
                        event -> {});
        JobQueue queue =
                new JobQueue(product.bean(PlatformTransactions.class), jobs, product.clock());
        JobWorker worker =
                new JobWorker(queue, jobs, product.bean(JobAdmission.class), transactions, 1);
        worker.start();
        try {
            while (List.of("queued", "running").contains(status(job))) {
                Thread.sleep(100);
            }
        } finally {
            worker.stop();
        }
    }

    private String status(UUID job) {
        return column(job, "status");
    }
}
