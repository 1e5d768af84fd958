package com.igny8.crash;

import static org.assertj.core.api.Assertions.assertThat;

import com.igny8.Igny8;
import com.igny8.testing.Api;
import com.igny8.testing.LedgerInvariants;
import com.igny8.testing.Product;

import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

import tools.jackson.databind.JsonNode;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A clustering whose process is killed half-way: another takes it up, and it is charged once. */
class ClusteringCrashTests {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Path directory = Product.freshDirectory();

    @Test
    void isTakenUpAgainAndChargedOnce() throws Exception {
        String job;
        try (ProductProcess first = product()) {
            Api api = signedUp(first.api());
            job = startClustering(api);
            awaitJob(api, job, state -> state.path("progress").asInt() > 5);
            assertThat(balance(api).path("held").asLong()).isEqualTo(30);
            first.kill();
            letTheLeaseGoOn();
        }
        try (ProductProcess second = product()) {
            Api api = signedIn(second.api());
            assertThat(balance(api).path("held").asLong()).as("still held").isEqualTo(30);
            letTheLeaseRunOut();

            JsonNode ended =
                    awaitJob(
                            api,
                            job,
                            state -> !state.path("status").asString().matches("queued|running"));

            assertThat(ended.path("status").asString()).isEqualTo("succeeded");
            assertThat(ended.path("credits_charged").asLong()).isEqualTo(30);
            assertThat(balance(api).path("balance").asLong()).isEqualTo(1970);
            assertThat(balance(api).path("held").asLong()).isZero();
            assertThat(api.get("billing/credits/transactions/").results()).hasSize(2);
            assertThat(LedgerInvariants.violations(ProductProcess.superuser(directory))).isEmpty();
            second.stop();
        }
    }

    /** Or it might run out before the second product has started. */
    private void letTheLeaseGoOn() {
        leaseUntil("now() + interval '1 hour'");
    }

    /** As it does by itself within half a minute; then, and not before, somebody else takes it. */
    private void letTheLeaseRunOut() {
        leaseUntil("now()");
    }

    private void leaseUntil(String moment) {
        assertThat(
                        JdbcClient.create(ProductProcess.superuser(directory))
                                .sql(
                                        "UPDATE job SET lease_until = "
                                                + moment
                                                + " WHERE status = 'running' AND attempts = 1")
                                .update())
                .isEqualTo(1);
    }

    private ProductProcess product() throws Exception {
        return ProductProcess.start(Igny8.class, directory).awaitLine("Started Igny8");
    }

    private static Api signedUp(Api api) {
        var reply = api.post("auth/register/", Product.registration("ada@example.com")).expect(201);
        return api.as(reply.data().path("access").asString());
    }

    private static Api signedIn(Api api) {
        Map<String, Object> registration = Product.registration("ada@example.com");
        registration.remove("password_confirm");
        return api.as(
                api.post("auth/login/", registration).expect(200).data().path("access").asString());
    }

    private static String startClustering(Api api) {
        String site =
                api.post(
                                "auth/sites/",
                                Map.of("name", "Site", "domain", "site.example", "industry", 1))
                        .expect(201)
                        .id()
                        .toString();
        String keywords =
                IntStream.range(0, 2500)
                        .mapToObj(
                                number ->
                                        "what does word %d mean in topic %d"
                                                .formatted(number, number % 50))
                        .collect(Collectors.joining("\n", "keyword\n", "\n"));
        api.upload(
                        "planner/keywords/import/",
                        Map.of("site", site),
                        "k.csv",
                        keywords.getBytes(StandardCharsets.UTF_8))
                .expect(200);
        return api.post("planner/clusters/auto_cluster/", Map.of("site", site))
                .expect(202)
                .data()
                .path("job_id")
                .asString();
    }

    private static JsonNode awaitJob(
            Api api, String job, java.util.function.Predicate<JsonNode> condition) {
        Instant deadline = Instant.now().plus(PATIENCE);
        while (true) {
            JsonNode state = api.get("jobs/" + job + "/").expect(200).data();
            if (condition.test(state)) {
                return state;
            }
            assertThat(Instant.now()).as(state.toString()).isBefore(deadline);
            ProductProcess.pause(250);
        }
    }

    private static JsonNode balance(Api api) {
        return api.get("billing/credits/balance/").expect(200).data();
    }
}
