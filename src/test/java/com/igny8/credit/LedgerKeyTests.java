package com.igny8.credit;

import static org.assertj.core.api.Assertions.assertThat;

import com.igny8.testing.Api;
import com.igny8.testing.Customer;
import com.igny8.testing.Operator;
import com.igny8.testing.Product;
import com.igny8.testing.Reply;
import com.igny8.testing.Team;

import org.junit.jupiter.api.Test;

import tools.jackson.databind.JsonNode;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** What a change of credits is called by its sender, so that asking twice does it once. */
class LedgerKeyTests {
    private static final String DEDUCTIONS = "billing/credits/deductions/";
    private static final String HOLDS = "billing/credits/holds/";

    private final Product product = Product.running();
    private final Customer customer = product.signUp("free");

    @Test
    void theSameKeyTakesOnceAndIsAnsweredTheSame() {
        var keyed = customer.api().once("one");
        String first = keyed.post(DEDUCTIONS, spending(10, "a")).expect(201).data().toString();
        customer.api().post(DEDUCTIONS, spending(7, "b")).expect(201);

        assertThat(keyed.post(DEDUCTIONS, spending(10, "a")).expect(201).data().toString())
                .isEqualTo(first);
        keyed.post(DEDUCTIONS, spending(11, "a")).expectRefusal(422, "idempotency_key_reused");
        keyed.post(DEDUCTIONS, spending(10, "c")).expectRefusal(422, "idempotency_key_reused");
        keyed.post(HOLDS, spending(10, "a")).expectRefusal(422, "idempotency_key_reused");
        assertThat(customer.balance()).isEqualTo(new Balance(983, 0));
    }

    @Test
    void theSameKeyAtTheSameMomentTakesOnce() throws Exception {
        var keyed = customer.api().once("one");
        List<Future<Reply>> replies = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 30; i++) {
                replies.add(threads.submit(() -> keyed.post(DEDUCTIONS, spending(10, "a"))));
            }
        }

        for (Future<Reply> reply : replies) {
            assertThat(reply.get().expect(201).data().path("entry_id").asLong()).isEqualTo(2);
        }
        assertThat(customer.balance()).isEqualTo(new Balance(990, 0));
    }

    @Test
    void aKeyIsTheAccountsOwn() {
        Customer other = product.signUp("free");
        customer.api().once("one").post(DEDUCTIONS, spending(10, "a")).expect(201);

        other.api().once("one").post(DEDUCTIONS, spending(20, "b")).expect(201);

        assertThat(other.balance()).isEqualTo(new Balance(980, 0));
    }

    @Test
    void aKeyIsRememberedAcrossTheTurnOfAMonthAndAClockThatGoesBack() throws Exception {
        var keyed = customer.api().once("one");
        product.clock()
                .later(
                        Duration.ofDays(20),
                        () -> customer.inside(() -> desk().post(deduction("one"))));

        customer.inside(() -> desk().post(deduction("one")));
        product.clock()
                .later(
                        Duration.ofDays(30),
                        () -> customer.inside(() -> desk().post(deduction("one"))));

        assertThat(customer.balance().balance()).isEqualTo(990);
        keyed.post(DEDUCTIONS, spending(11, "a")).expectRefusal(422, "idempotency_key_reused");
    }

    @Test
    void aForgottenKeyMayBeUsedAnewInMonthsWithoutAPartitionToo() throws Exception {
        customer.withCredits(2_000);
        for (int days : List.of(200, 240)) {
            product.clock()
                    .later(
                            Duration.ofDays(days),
                            () -> customer.inside(() -> desk().post(deduction("one"))));
        }

        assertThat(
                        product.sql()
                                .sql(
                                        """
                                        SELECT count(*) FROM credit_entry_beyond
                                         WHERE account_id = ? AND idempotency_key = 'one'
                                        """)
                                .param(customer.accountId())
                                .query(Long.class)
                                .single())
                .isEqualTo(2);
    }

    @Test
    void settlingUnderAKeyIsAnsweredAgain() {
        var keyed = customer.api().once("hold");
        JsonNode hold = keyed.post(HOLDS, spending(100, "a")).expect(201).data();
        String path = HOLDS + hold.path("id").asString();
        var capturing = customer.api().once("capture");
        String first = capturing.post(path + "/capture/", Map.of("amount", 40)).data().toString();
        customer.api().post(DEDUCTIONS, spending(1, "a")).expect(201);

        assertThat(capturing.post(path + "/capture/", Map.of("amount", 40)).expect(200).data())
                .hasToString(first);
        capturing
                .post(path + "/capture/", Map.of("amount", 41))
                .expectRefusal(422, "idempotency_key_reused");
        capturing.post(path + "/release/", Map.of()).expectRefusal(422, "idempotency_key_reused");
        assertThat(keyed.post(HOLDS, spending(100, "a")).expect(201).data()).isEqualTo(hold);
        keyed.post(HOLDS, spending(101, "a")).expectRefusal(422, "idempotency_key_reused");
        assertThat(customer.balance()).isEqualTo(new Balance(959, 0));
    }

    @Test
    void aKeyThatHasTakenCreditsTakesNoOthers() {
        String one = hold(customer.api(), 100);
        String other = hold(customer.api(), 50);
        var keyed = customer.api().once("same");
        keyed.post(one + "/capture/", Map.of()).expect(200);

        keyed.post(other + "/capture/", Map.of()).expectRefusal(422, "idempotency_key_reused");
        keyed.post(DEDUCTIONS, spending(1, "a")).expectRefusal(422, "idempotency_key_reused");
        assertThat(customer.balance()).isEqualTo(new Balance(900, 50));
    }

    @Test
    void aHoldIsNotSettledUnderTheKeyThatMadeIt() {
        var keyed = customer.api().once("job");
        String hold = hold(keyed, 100);

        keyed.post(hold + "/capture/", Map.of()).expectRefusal(422, "idempotency_key_reused");
        keyed.post(hold + "/release/", Map.of()).expectRefusal(422, "idempotency_key_reused");
        keyed.post(DEDUCTIONS, spending(100, "a")).expectRefusal(422, "idempotency_key_reused");
        assertThat(customer.balance()).isEqualTo(new Balance(1000, 100));
    }

    /** Guard: whoever lost the answer would never learn which hold is theirs. */
    @Test
    void holdsAreAnsweredAgainThoughTheKeyHasTakenCreditsSince() {
        String one = hold(customer.api(), 100);
        var keyed = customer.api().once("same");
        JsonNode another = keyed.post(HOLDS, spending(50, "a")).expect(201).data();
        keyed.post(one + "/capture/", Map.of()).expect(200);

        assertThat(keyed.post(HOLDS, spending(50, "a")).expect(201).data()).isEqualTo(another);
        keyed.post(HOLDS, spending(51, "a")).expectRefusal(422, "idempotency_key_reused");
        assertThat(customer.balance()).isEqualTo(new Balance(900, 50));
    }

    @Test
    void releasesAreAnsweredAgainThoughTheKeyHasTakenCreditsSince() {
        String hold = hold(customer.api(), 100);
        var keyed = customer.api().once("same");
        JsonNode released = keyed.post(hold + "/release/", Map.of()).expect(200).data();
        keyed.post(DEDUCTIONS, spending(5, "a")).expect(201);

        assertThat(keyed.post(hold + "/release/", Map.of()).expect(200).data()).isEqualTo(released);
        customer.api().post(hold + "/capture/", Map.of()).expectRefusal(409, "hold_settled");
        assertThat(customer.balance()).isEqualTo(new Balance(995, 0));
    }

    @Test
    void aKeyedHoldIsAnsweredAgainToAnAccountWithATestClock() {
        Operator.of(product).act(customer, "test-clock", "").expect(200);
        Operator.of(product).act(customer, "test-clock/advance", Map.of("days", 3)).expect(200);
        var keyed = customer.api().once("hold");
        JsonNode hold = keyed.post(HOLDS, spending(100, "a")).expect(201).data();

        assertThat(keyed.post(HOLDS, spending(100, "a")).expect(201).data()).isEqualTo(hold);
    }

    @Test
    void whatAKeyDidIsNotAnsweredToAnotherUnderTheSameIdempotencyKey() {
        Customer team = Team.of(product).owner();
        UUID site = team.addSite();
        Api key = product.api().as(team.key(site, "credits:write")).once("one");
        Api another = product.api().as(team.key(team.addSite(), "credits:write")).once("one");
        key.post(DEDUCTIONS, forSite(site)).expect(201);

        another.post(DEDUCTIONS, Map.of("amount", 10, "reference", "a", "operation", "test"))
                .expectRefusal(422, "idempotency_key_reused");
        another.post(DEDUCTIONS, forSite(site)).expectRefusal(404, "not_found");

        assertThat(team.balance()).isEqualTo(new Balance(1990, 0));
    }

    /** Guard: they would begin work, and could not settle it when it is done. */
    @Test
    void theHoldOfAnotherMemberIsNotAnsweredToWhoCannotSettleIt() {
        Team team = Team.of(product);
        UUID site = team.owner().addSite();
        Map<String, Object> body = forSite(site);
        Api one = team.join("editor", site).api().once("job");
        Api another = team.join("editor", site).api().once("job");
        JsonNode hold = one.post(HOLDS, body).expect(201).data();

        another.post(HOLDS, body).expectRefusal(422, "idempotency_key_reused");

        assertThat(one.post(HOLDS, body).expect(201).data()).isEqualTo(hold);
        assertThat(team.owner().balance()).isEqualTo(new Balance(2000, 10));
    }

    /** Guard: they would take it that nothing was done. */
    @Test
    void whoDidItIsToldAgainThoughTheSiteIsGone() {
        Team team = Team.of(product);
        UUID site = team.owner().addSite();
        Api editor = team.join("editor", site).api().once("one");
        JsonNode deduction = editor.post(DEDUCTIONS, forSite(site)).expect(201).data();

        team.owner().api().delete("auth/sites/" + site + "/").expect(200);

        assertThat(editor.post(DEDUCTIONS, forSite(site)).expect(201).data()).isEqualTo(deduction);
        editor.once("two").post(DEDUCTIONS, forSite(site)).expectRefusal(404, "not_found");
        team.join("editor", team.owner().addSite())
                .api()
                .once("one")
                .post(DEDUCTIONS, forSite(site))
                .expectRefusal(404, "not_found");
        assertThat(team.owner().balance()).isEqualTo(new Balance(1990, 0));
    }

    private static String hold(Api api, long amount) {
        return HOLDS
                + api.post(HOLDS, spending(amount, "a")).expect(201).data().path("id").asString();
    }

    private CreditDesk desk() {
        return product.bean(CreditDesk.class);
    }

    private Change.Deduction deduction(String key) {
        return new Change.Deduction(
                Change.Maker.current(),
                new Change.Purpose("image_generation", "a", "a", null),
                10,
                key);
    }

    private static Map<String, Object> forSite(UUID site) {
        return Map.of("amount", 10, "reference", "a", "operation", "test", "site", site);
    }

    private static Map<String, Object> spending(long amount, String reference) {
        return Map.of("amount", amount, "operation", "image_generation", "reference", reference);
    }
}
