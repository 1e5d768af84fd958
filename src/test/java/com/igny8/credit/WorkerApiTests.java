package com.igny8.credit;

import static org.assertj.core.api.Assertions.assertThat;

import com.igny8.tenancy.PlatformTransactions;
import com.igny8.testing.Api;
import com.igny8.testing.Customer;
import com.igny8.testing.Product;
import com.igny8.testing.Team;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import tools.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

class WorkerApiTests {
    private static final String DEDUCTIONS = "billing/credits/deductions/";
    private static final String HOLDS = "billing/credits/holds/";

    private final Product product = Product.running();
    private final Customer customer = product.signUp("free");

    @Test
    void aDeductionIsAnsweredWithItsEntryAndWhatIsLeft() {
        customer.api().post(HOLDS, spending(100, "x")).expect(201);

        JsonNode answer =
                customer.api().post(DEDUCTIONS, spending(10, "image:1")).expect(201).data();

        assertThat(answer.path("entry_id").asLong()).isEqualTo(2);
        assertThat(answer.path("balance").asLong()).isEqualTo(990);
        assertThat(answer.path("available").asLong()).isEqualTo(890);
        Entry entry = newest();
        assertThat(entry.amount()).isEqualTo(-10);
        assertThat(entry.operation()).isEqualTo("image_generation");
        assertThat(entry.reference()).isEqualTo("image:1");
        assertThat(entry.userId()).isEqualTo(customer.userId());
    }

    @Test
    void tooLittleIsToldInNumbers() {
        JsonNode told =
                customer.api()
                        .post(DEDUCTIONS, spending(1001, "x"))
                        .expectRefusal(402, "insufficient_credits")
                        .json();

        assertThat(told.path("required").asLong()).isEqualTo(1001);
        assertThat(told.path("available").asLong()).isEqualTo(1000);
        assertThat(customer.balance()).isEqualTo(new Balance(1000, 0));
    }

    @Test
    void eachOfABatchHasItsOwnOutcome() {
        List<Map<String, Object>> items = new ArrayList<>();
        items.add(item(600, "a", "key-a"));
        items.add(item(600, "b", "key-b"));
        items.add(item(0, "c", "key-c"));
        items.add(item(600, "a", "key-a"));
        items.add(item(1, "a", "key-a"));
        items.add(item(400, "d", null));

        JsonNode results =
                customer.api()
                        .post(DEDUCTIONS + "batch/", Map.of("items", items))
                        .expect(200)
                        .data()
                        .path("results");

        assertThat(results)
                .extracting(
                        one -> one.path("status").asString() + " " + one.path("code").asString(""))
                .containsExactly(
                        "succeeded ",
                        "refused insufficient_credits",
                        "refused validation_failed",
                        "succeeded ",
                        "refused idempotency_key_reused",
                        "succeeded ");
        assertThat(results)
                .extracting(one -> one.path("balance").asLong())
                .containsExactly(400L, 400L, 400L, 400L, 400L, 0L);
        assertThat(results.get(3).path("entry_id")).isEqualTo(results.get(0).path("entry_id"));
        assertThat(customer.balance()).isEqualTo(new Balance(0, 0));
    }

    @Test
    void aBatchHasAThousandAtMost() {
        List<Map<String, Object>> items = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            items.add(item(1, "item:" + i, "key-" + i));
        }
        customer.api().post(DEDUCTIONS + "batch/", Map.of("items", items)).expect(200);
        assertThat(customer.balance()).isEqualTo(new Balance(0, 0));
        customer.api().post(DEDUCTIONS + "batch/", Map.of("items", items)).expect(200);
        assertThat(newest().id()).isEqualTo(1001);

        items.add(item(1, "x", null));
        customer.api().post(DEDUCTIONS + "batch/", Map.of("items", items)).expectInvalid("items");
        customer.api()
                .post(DEDUCTIONS + "batch/", Map.of("items", List.of()))
                .expectInvalid("items");
        customer.api().post(DEDUCTIONS + "batch/", Map.of()).expectInvalid("items");
    }

    /** Guard: it would be taken for a promise that sending it twice does it once. */
    @Test
    void aBatchHasNoKeyOfItsOwn() {
        var keyed = customer.api().once("one");

        keyed.post(DEDUCTIONS + "batch/", Map.of("items", List.of(item(1, "a", null))))
                .expectRefusal(400, "idempotency_key_invalid");
        assertThat(customer.balance()).isEqualTo(new Balance(1000, 0));
    }

    @Test
    void aHoldIsCapturedInPartAndTheRestIsThereAgain() {
        JsonNode hold = customer.api().post(HOLDS, spending(100, "article:1")).expect(201).data();
        assertThat(hold.path("status").asString()).isEqualTo("held");
        assertThat(hold.path("available").asLong()).isEqualTo(900);
        String capture = HOLDS + hold.path("id").asString() + "/capture/";

        JsonNode captured = customer.api().post(capture, Map.of("amount", 30)).expect(200).data();

        assertThat(captured.path("status").asString()).isEqualTo("captured");
        assertThat(captured.path("captured").asLong()).isEqualTo(30);
        assertThat(captured.path("available").asLong()).isEqualTo(970);
        customer.api().post(DEDUCTIONS, spending(1, "a")).expect(201);
        assertThat(customer.api().post(capture, Map.of("amount", 30)).expect(200).data())
                .as("answered as before")
                .isEqualTo(captured);
        customer.api().post(capture, Map.of("amount", 31)).expectRefusal(409, "hold_settled");
        customer.api().post(capture, Map.of()).expectRefusal(409, "hold_settled");
    }

    @Test
    void whoDoesNotReachASiteSettlesNoHoldsOfOthersForIt() {
        UUID site = customer.addSite();
        Map<String, Object> body = new HashMap<>(spending(10, "a"));
        body.put("site", site);
        String hold = customer.api().post(HOLDS, body).expect(201).data().path("id").asString();
        UUID account = customer.accountId();
        var another = new Change.Maker(account, UUID.randomUUID(), false, null);
        var maker = new Change.Maker(account, customer.userId(), false, null);

        assertThat(settled(another, hold)).isInstanceOf(Outcome.Refused.class);
        assertThat(settled(maker, hold)).isInstanceOf(Outcome.Done.class);
        assertThat(customer.balance()).isEqualTo(new Balance(990, 0));
    }

    private Outcome settled(Change.Maker by, String hold) {
        PlatformTransactions platform = product.bean(PlatformTransactions.class);
        return platform.write(
                        jdbc ->
                                product.bean(Bookkeeper.class)
                                        .post(
                                                platform::message,
                                                List.of(
                                                        new Change.Capture(
                                                                by,
                                                                UUID.fromString(hold),
                                                                null,
                                                                null,
                                                                null))))
                .getFirst();
    }

    @ParameterizedTest
    @ValueSource(strings = {"300000-01-01", "%2B999999999-12-31", "-999999999-01-01"})
    void daysBeyondTheCalendarAreRefused(String day) {
        for (String list : List.of("transactions/", "transactions/export/", "usage/")) {
            customer.api().get("billing/credits/" + list + "?to=" + day).expectInvalid("to");
        }
    }

    @Test
    void aReleaseGivesAllBackOnce() {
        String path =
                HOLDS
                        + customer.api()
                                .post(HOLDS, spending(100, "a"))
                                .data()
                                .path("id")
                                .asString()
                        + "/release/";
        var keyed = customer.api().once("release");

        keyed.post(path, Map.of()).expect(200);
        assertThat(keyed.post(path, Map.of()).expect(200).data().path("status").asString())
                .isEqualTo("released");
        customer.api().post(path, Map.of()).expect(200);
        customer.api()
                .post(path.replace("release", "capture"), Map.of())
                .expectRefusal(409, "hold_settled");
        assertThat(customer.balance()).isEqualTo(new Balance(1000, 0));
    }

    @Test
    void anotherAccountsHoldAndSiteAreNotThere() {
        Customer other = product.signUp();
        UUID site = other.addSite();
        String hold = other.api().post(HOLDS, spending(10, "a")).data().path("id").asString();

        customer.api().post(HOLDS + hold + "/capture/", Map.of()).expectRefusal(404, "not_found");
        customer.api().post(HOLDS + hold + "/release/", Map.of()).expectRefusal(404, "not_found");
        Map<String, Object> body = new HashMap<>(spending(10, "a"));
        body.put("site", site);
        customer.api().post(DEDUCTIONS, body).expectRefusal(404, "not_found");
        customer.api().post(HOLDS, body).expectRefusal(404, "not_found");
        other.api().post(DEDUCTIONS, body).expect(201);
        assertThat(other.balance()).isEqualTo(new Balance(1990, 10));
        assertThat(customer.balance()).isEqualTo(new Balance(1000, 0));
    }

    @Test
    void aSiteThatOneMayReachIsNotOpenToWhoeverComesAlong() {
        UUID site = customer.addSite();
        UUID account = customer.accountId();
        var reaching = new Change.Maker(account, customer.userId(), true, null);
        var another = new Change.Maker(account, UUID.randomUUID(), false, null);
        PlatformTransactions platform = product.bean(PlatformTransactions.class);

        List<Outcome> outcomes =
                platform.write(
                        jdbc ->
                                product.bean(Bookkeeper.class)
                                        .post(
                                                platform::message,
                                                List.of(
                                                        forSite(reaching, site),
                                                        forSite(another, site))));

        assertThat(outcomes.getFirst()).isInstanceOf(Outcome.Done.class);
        assertThat(outcomes.getLast()).isInstanceOf(Outcome.Refused.class);
        assertThat(customer.balance()).isEqualTo(new Balance(999, 0));
    }

    private static Change.Deduction forSite(Change.Maker by, UUID site) {
        return new Change.Deduction(by, new Change.Purpose("t", "t", "t", site), 1, null);
    }

    @Test
    void aKeyNeedsTheScopeForEachOfThem() {
        UUID site = customer.addSite();
        Api without = product.api().as(customer.key(site, "credits:read", "jobs:read"));
        Api with = product.api().as(customer.key(site, "credits:write"));
        String hold = HOLDS + with.post(HOLDS, spending(10, "a")).expect(201).id();

        for (String path :
                List.of(
                        DEDUCTIONS,
                        DEDUCTIONS + "batch/",
                        HOLDS,
                        hold + "/capture/",
                        hold + "/release/")) {
            assertThat(
                            without.post(path, spending(10, "a"))
                                    .expectRefusal(403, "scope_missing")
                                    .body())
                    .contains("credits:write");
        }
        with.get("billing/credits/balance/").expectRefusal(403, "scope_missing");
        assertThat(customer.balance()).isEqualTo(new Balance(1000, 10));

        with.post(DEDUCTIONS, spending(5, "b")).expect(201);
        with.post(DEDUCTIONS + "batch/", Map.of("items", List.of(item(5, "c", null)))).expect(200);
        with.post(hold + "/capture/", Map.of()).expect(200);
        assertThat(customer.balance()).isEqualTo(new Balance(980, 0));
        assertThat(newest().siteId()).as("what a key does is for its site").isEqualTo(site);
    }

    @Test
    void aKeyReachesNoOtherSiteAndNoOtherAccount() {
        Customer team = Team.of(product).owner();
        UUID site = team.addSite();
        UUID another = team.addSite();
        Api key = product.api().as(team.key(site, "credits:write"));
        List<Object> holds = new ArrayList<>();
        for (Api other :
                List.of(
                        product.api().as(team.key(another, "credits:write")),
                        team.api(),
                        customer.api())) {
            holds.add(other.post(HOLDS, spending(10, "theirs")).expect(201).id());
        }

        for (Object hold : holds) {
            key.post(HOLDS + hold + "/capture/", Map.of()).expectRefusal(404, "not_found");
            key.post(HOLDS + hold + "/release/", Map.of()).expectRefusal(404, "not_found");
        }
        for (UUID foreign : List.of(another, customer.addSite())) {
            Map<String, Object> body = new HashMap<>(spending(10, "a"));
            body.put("site", foreign);
            key.post(DEDUCTIONS, body).expectRefusal(404, "not_found");
            key.post(HOLDS, body).expectRefusal(404, "not_found");
            JsonNode results =
                    key.post(DEDUCTIONS + "batch/", Map.of("items", List.of(body)))
                            .expect(200)
                            .data()
                            .path("results");
            assertThat(results.get(0).path("code").asString()).isEqualTo("not_found");
        }
        assertThat(team.balance()).isEqualTo(new Balance(2000, 20));
        assertThat(customer.balance()).isEqualTo(new Balance(1000, 10));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"amount\":0,\"reference\":\"a\"}",
                "{\"amount\":-5,\"reference\":\"a\"}",
                "{\"amount\":1.5,\"reference\":\"a\"}",
                "{\"amount\":\"5\",\"reference\":\"a\"}",
                "{\"amount\":99999999999999999999,\"reference\":\"a\"}",
                "{\"amount\":5}",
                "{\"amount\":5,\"reference\":\" \"}",
                "{\"amount\":5,\"reference\":\"a\\u0000b\"}",
                "{\"amount\":5,\"reference\":\"\\ud800\"}",
                "{\"amount\":5,\"reference\":\"a\",\"operation\":\"\"}",
                "{\"amount\":5,\"reference\":\"a\",\"site\":\"x\"}",
                "{\"amount\":5,\"reference\":\"a\",\"account_id\":\"x\"}",
                "[]",
                "null",
                ""
            })
    void whatIsNotRightIsRefusedAndNothingIsDone(String body) {
        assertThat(customer.api().post(DEDUCTIONS, body).status()).isEqualTo(400);
        assertThat(customer.api().post(HOLDS, body).status()).isEqualTo(400);
        assertThat(customer.balance()).isEqualTo(new Balance(1000, 0));
    }

    private Entry newest() {
        return customer.inside(
                () ->
                        product.bean(Statements.class)
                                .entries(Statements.Filter.NONE, null, 1)
                                .getFirst());
    }

    private static Map<String, Object> spending(long amount, String reference) {
        return Map.of("amount", amount, "operation", "image_generation", "reference", reference);
    }

    private static Map<String, Object> item(
            long amount, String reference, @org.jspecify.annotations.Nullable String key) {
        Map<String, Object> item = new HashMap<>(spending(amount, reference));
        if (key != null) {
            item.put("idempotency_key", key);
        }
        return item;
    }
}
