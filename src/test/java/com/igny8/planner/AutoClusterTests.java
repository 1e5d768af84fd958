package com.igny8.planner;

import static org.assertj.core.api.Assertions.assertThat;

import com.igny8.jobs.Jobs;
import com.igny8.testing.Customer;
import com.igny8.testing.LedgerInvariants;
import com.igny8.testing.Product;
import com.igny8.testing.Reply;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import tools.jackson.databind.JsonNode;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

class AutoClusterTests {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private static final String TWO_TOPICS =
            """
            keyword,volume
            vpn,9000
            best vpn,500
            vpn for iphone,300
            free vpn download,400
            vpn service,250
            sourdough bread recipe,800
            easy sourdough bread,200
            sourdough starter recipe,300
            how to make sourdough bread,150
            sourdough bread for beginners,90
            """;

    private final Product product = Product.running();
    private final Customer customer = product.signUp();
    private final UUID site = customer.addSite();

    @AfterEach
    void theLedgerIsWhole() {
        assertThat(LedgerInvariants.violations(product.superuser())).isEmpty();
    }

    @Test
    void holdsBeforeAndChargesAfter() {
        load(TWO_TOPICS);

        Reply started = start().expect(202);
        assertThat(started.data().path("credits_held").asLong()).isEqualTo(10);
        JsonNode job = await(started);

        assertThat(job.path("status").asString()).isEqualTo("succeeded");
        assertThat(job.path("progress").asInt()).isEqualTo(100);
        assertThat(job.path("credits_charged").asLong()).isEqualTo(10);
        assertThat(customer.balance().balance()).isEqualTo(1990);
        assertThat(customer.balance().held()).isZero();
        JsonNode clusters = clusters();
        assertThat(clusters).hasSize(2);
        assertThat(clusters.get(0).path("name").asString()).contains("vpn");
        assertThat(clusters.get(0).path("keyword_count").asInt()).isEqualTo(5);
        assertThat(clusters.get(0).path("total_volume").asInt()).isEqualTo(10450);
        assertThat(product.count("ai_call", customer.accountId())).isEqualTo(1);
    }

    @Test
    void chargesForEveryStartedThousand() {
        load(many(1001));

        assertThat(start().expect(202).data().path("credits_held").asLong()).isEqualTo(20);
        cancelAll();
    }

    @Test
    void doesNothingWithoutTheCredits() {
        load(TWO_TOPICS);
        customer.withCredits(9);

        Reply refused = start();

        refused.expectRefusal(402, "insufficient_credits");
        assertThat(refused.json().path("required").asLong()).isEqualTo(10);
        assertThat(refused.json().path("available").asLong()).isEqualTo(9);
        assertThat(product.count("job", customer.accountId())).isZero();
        assertThat(customer.balance().held()).isZero();
    }

    @Test
    void ofManyAtOnceOneIsDone() throws Exception {
        load(TWO_TOPICS);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Reply>> starts =
                    IntStream.range(0, 8).<Callable<Reply>>mapToObj(number -> this::start).toList();
            List<Integer> statuses =
                    threads.invokeAll(starts).stream()
                            .map(
                                    done -> {
                                        Reply reply = done.resultNow();
                                        return reply.status();
                                    })
                            .sorted()
                            .toList();
            assertThat(statuses).startsWith(202).contains(409).doesNotContain(500);
        }
        awaitAll();
        long charged = 2000 - customer.balance().balance();
        long succeeded =
                product.sql()
                        .sql(
                                "SELECT count(*) FROM job WHERE account_id = ? AND status = 'succeeded'")
                        .param(customer.accountId())
                        .query(Long.class)
                        .single();
        assertThat(charged).isEqualTo(10 * succeeded);
    }

    @Test
    void aCancelledOneCostsNothing() {
        load(many(3000));
        Reply started = start().expect(202);

        customer.api().post("jobs/" + jobId(started) + "/cancel/", Map.of()).expect(200);

        assertThat(await(started).path("status").asString()).isEqualTo("cancelled");
        assertThat(customer.balance().available()).isEqualTo(2000);
        customer.api().post("jobs/" + jobId(started) + "/cancel/", Map.of()).expect(200);
        assertThat(customer.balance().available()).isEqualTo(2000);
    }

    @Test
    void aSuspensionStopsItAndGivesTheCreditsBack() {
        load(TWO_TOPICS);
        UUID job =
                customer.inside(
                        () -> {
                            product.sql()
                                    .sql("UPDATE account SET status = 'suspended' WHERE id = ?")
                                    .param(customer.accountId())
                                    .update();
                            return product.bean(AutoCluster.class).start(site, null).jobId();
                        });

        awaitAll();

        var row =
                product.sql()
                        .sql("SELECT status || ' ' || error_code FROM job WHERE id = ?")
                        .param(job)
                        .query(String.class)
                        .single();
        assertThat(row).isEqualTo("failed account_suspended");
        assertThat(customer.balance().available()).isEqualTo(2000);
    }

    @Test
    void againKeepsIdsAndWhatAPersonDid() {
        load(TWO_TOPICS);
        await(start().expect(202));
        String vpn = clusters().get(0).path("id").asString();
        String bread = clusters().get(1).path("id").asString();
        customer.api()
                .patch("planner/clusters/" + vpn + "/", Map.of("name", "Privacy"))
                .expect(200);
        JsonNode starter =
                customer.api()
                        .get("planner/keywords/?site=" + site + "&search=starter")
                        .results()
                        .get(0);
        customer.api()
                .patch(
                        "planner/keywords/" + starter.path("id").asString() + "/",
                        Map.of("cluster", vpn))
                .expect(200);

        await(start().expect(202));

        JsonNode after = clusters();
        assertThat(after.get(0).path("id").asString()).isEqualTo(vpn);
        assertThat(after.get(0).path("name").asString()).isEqualTo("Privacy");
        assertThat(after.get(0).path("keyword_count").asInt()).isEqualTo(6);
        assertThat(after.get(1).path("id").asString()).isEqualTo(bread);
    }

    @Test
    void refusesWhatCannotBeClustered() {
        start().expectInvalid("site");
        customer.api().post("planner/clusters/auto_cluster/", Map.of()).expectInvalid("site");
        customer.api()
                .post(
                        "planner/clusters/auto_cluster/",
                        Map.of("site", site, "keyword_ids", List.of()))
                .expectInvalid("keyword_ids");
        customer.api()
                .post(
                        "planner/clusters/auto_cluster/",
                        Map.of("site", site, "keyword_ids", List.of(UUID.randomUUID())))
                .expectRefusal(404, "not_found");
    }

    @Test
    void listsWhatIsAskedForAndNamesWhatCannotBe() {
        load(TWO_TOPICS);
        await(start().expect(202));
        String list = "planner/keywords/?site=" + site;

        assertThat(customer.api().get(list + "&status=clustered").expect(200).results())
                .hasSize(10);
        assertThat(customer.api().get(list + "&status=new").expect(200).results()).isEmpty();
        JsonNode first = customer.api().get(list + "&ordering=volume").results().get(0);
        assertThat(first.path("keyword").asString()).isEqualTo("sourdough bread for beginners");
        customer.api().get(list + "&status=nonsense").expectInvalid("status");
        customer.api().get(list + "&intent=nonsense").expectInvalid("intent");
        customer.api().get(list + "&ordering=nonsense").expectInvalid("ordering");
    }

    @Test
    void nothingOfItIsThereForAnotherAccount() {
        load(TWO_TOPICS);
        Reply started = start().expect(202);
        await(started);
        String cluster = clusters().get(0).path("id").asString();
        String keyword =
                customer.api()
                        .get("planner/keywords/?site=" + site)
                        .results()
                        .get(0)
                        .path("id")
                        .asString();
        Customer stranger = product.signUp();
        UUID theirSite = stranger.addSite();

        List<Reply> answers =
                List.of(
                        stranger.api().get("planner/keywords/?site=" + site),
                        stranger.api().get("planner/clusters/?site=" + site),
                        stranger.api().get("planner/clusters/" + cluster + "/"),
                        stranger.api()
                                .patch("planner/clusters/" + cluster + "/", Map.of("name", "x")),
                        stranger.api()
                                .patch(
                                        "planner/keywords/" + keyword + "/",
                                        Map.of("cluster", cluster)),
                        stranger.api().post("planner/clusters/auto_cluster/", Map.of("site", site)),
                        stranger.api()
                                .post(
                                        "planner/clusters/auto_cluster/",
                                        Map.of("site", theirSite, "keyword_ids", List.of(keyword))),
                        stranger.api().get("jobs/" + jobId(started) + "/"),
                        stranger.api().get("jobs/" + jobId(started) + "/events/"),
                        stranger.api().post("jobs/" + jobId(started) + "/cancel/", Map.of()));

        assertThat(answers).allSatisfy(answer -> answer.expectRefusal(404, "not_found"));
        assertThat(clusters().get(0).path("name").asString()).contains("vpn");
        assertThat(stranger.balance().held()).isZero();
    }

    @Test
    void tellsHowItGoesOnByEvents() {
        load(TWO_TOPICS);
        Reply started = start().expect(202);

        Reply events = customer.api().get("jobs/" + jobId(started) + "/events/").expect(200);

        assertThat(events.header("Content-Type")).startsWith("text/event-stream");
        assertThat(events.body()).contains("event:job").contains("\"status\":\"succeeded\"");
    }

    private void load(String file) {
        customer.api()
                .upload(
                        "planner/keywords/import/",
                        Map.of("site", site.toString()),
                        "k.csv",
                        file.getBytes(StandardCharsets.UTF_8))
                .expect(200);
    }

    private static String many(int count) {
        return IntStream.range(0, count)
                .mapToObj(
                        number ->
                                "question number %d about topic %d".formatted(number, number % 40))
                .collect(Collectors.joining("\n", "keyword\n", "\n"));
    }

    private Reply start() {
        return customer.api().post("planner/clusters/auto_cluster/", Map.of("site", site));
    }

    private JsonNode clusters() {
        return customer.api().get("planner/clusters/?site=" + site).expect(200).results();
    }

    private static String jobId(Reply started) {
        return started.data().path("job_id").asString();
    }

    private JsonNode await(Reply started) {
        awaitAll();
        return customer.api().get("jobs/" + jobId(started) + "/").expect(200).data();
    }

    private void cancelAll() {
        customer.inside(
                () ->
                        product
                                .bean(Jobs.class)
                                .list(com.igny8.kernel.PageRequest.first())
                                .rows()
                                .stream()
                                .map(job -> product.bean(Jobs.class).cancel(job.id()))
                                .toList());
        awaitAll();
    }

    /** Until no job of the account is under way. */
    private void awaitAll() {
        Instant deadline = Instant.now().plus(PATIENCE);
        while (underWay() > 0) {
            assertThat(Instant.now()).as("jobs ended in time").isBefore(deadline);
            java.util.concurrent.locks.LockSupport.parkNanos(50_000_000);
        }
    }

    private long underWay() {
        return product.sql()
                .sql(
                        """
                        SELECT count(*) FROM job
                         WHERE account_id = ? AND status IN ('queued', 'running')
                        """)
                .param(customer.accountId())
                .query(Long.class)
                .single();
    }
}
