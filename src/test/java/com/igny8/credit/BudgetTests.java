package com.igny8.credit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.igny8.tenancy.PlatformTransactions;
import com.igny8.testing.Customer;
import com.igny8.testing.Operator;
import com.igny8.testing.Product;
import com.igny8.testing.Reply;

import org.junit.jupiter.api.Test;

import tools.jackson.databind.JsonNode;

import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

class BudgetTests {
    private static final String BUDGETS = "billing/credits/budgets/";
    private static final String DEDUCTIONS = "billing/credits/deductions/";

    private final Product product = Product.running();
    private final Customer customer = product.signUp();

    @Test
    void whatGoesOverTheMembersBudgetIsRefused() {
        customer.api().post(DEDUCTIONS, spending(30, null)).expect(201);
        JsonNode budget =
                customer.api()
                        .post(BUDGETS, Map.of("user", customer.userId(), "monthly_limit", 100))
                        .expect(201)
                        .data();
        assertThat(budget.path("used").asLong()).isEqualTo(30);

        customer.api().post(DEDUCTIONS, spending(71, null)).expectRefusal(403, "budget_exceeded");
        customer.api().post(DEDUCTIONS, spending(70, null)).expect(201);
        customer.api()
                .post("billing/credits/holds/", spending(1, null))
                .expectRefusal(403, "budget_exceeded");

        customer.api().delete(BUDGETS + budget.path("id").asString() + "/").expect(204);
        customer.api().post(DEDUCTIONS, spending(1, null)).expect(201);
        assertThat(customer.balance()).isEqualTo(new Balance(1899, 0));
    }

    @Test
    void whatIsHeldCountsAndWhatIsNotCapturedDoesNot() {
        UUID site = customer.addSite();
        customer.api().post(BUDGETS, Map.of("site", site, "monthly_limit", 100)).expect(201);
        String hold = hold(80, site);

        customer.api().post(DEDUCTIONS, spending(21, site)).expectRefusal(403, "budget_exceeded");
        customer.api().post(DEDUCTIONS, spending(500, null)).expect(201);
        customer.api()
                .post("billing/credits/holds/" + hold + "/capture/", Map.of("amount", 10))
                .expect(200);

        assertThat(used()).isEqualTo(10);
        customer.api().post(DEDUCTIONS, spending(90, site)).expect(201);
        customer.api().post(DEDUCTIONS, spending(1, site)).expectRefusal(403, "budget_exceeded");
    }

    @Test
    void whatWasHeldForCountsForWhoHeldWhoeverSettledIt() {
        UUID site = customer.addSite();
        Map<String, Object> mine = Map.of("user", customer.userId(), "monthly_limit", 100);
        customer.api().post(BUDGETS, mine).expect(201);
        String hold = hold(80, site);
        product.api()
                .as(customer.key(site, "credits:write"))
                .post("billing/credits/holds/" + hold + "/capture/", Map.of("amount", 50))
                .expect(200);
        customer.api().post("billing/credits/holds/", spending(20, null)).expect(201);
        assertThat(used()).isEqualTo(70);

        customer.api().post(BUDGETS, mine).expect(201);
        assertThat(used()).as("another limit").isEqualTo(70);
        removeBudget();
        customer.api().post(BUDGETS, mine).expect(201);
        assertThat(used()).as("counted anew").isEqualTo(70);
        removeBudget();
        customer.api().post(BUDGETS, Map.of("site", site, "monthly_limit", 100)).expect(201);
        assertThat(used()).as("of the site").isEqualTo(50);
    }

    /** Guard: by holds of one credit, a member could use all there is. */
    @Test
    void noMoreIsCapturedThanTheBudgetHas() {
        UUID site = customer.addSite();
        customer.api()
                .post(BUDGETS, Map.of("user", customer.userId(), "monthly_limit", 100))
                .expect(201);
        String capture = "billing/credits/holds/" + hold(10, site) + "/capture/";

        Reply refused =
                customer.api()
                        .post(capture, Map.of("amount", 101))
                        .expectRefusal(403, "budget_exceeded");
        assertThat(refused.json().path("required").asLong()).isEqualTo(91);
        assertThat(customer.balance()).as("still on hold").isEqualTo(new Balance(2000, 10));
        assertThat(used()).isEqualTo(10);

        customer.api().post(capture, Map.of("amount", 100)).expect(200);
        assertThat(used()).isEqualTo(100);
    }

    private String hold(long amount, UUID site) {
        return customer.api()
                .post("billing/credits/holds/", spending(amount, site))
                .expect(201)
                .data()
                .path("id")
                .asString();
    }

    private void removeBudget() {
        String id = customer.api().get(BUDGETS).expect(200).results().get(0).path("id").asString();
        customer.api().delete(BUDGETS + id + "/").expect(204);
    }

    /** Called directly: the token would have run out by the next month. */
    @Test
    void whatWasHeldForInTheMonthBeforeCountsWhenItIsSettled() throws Exception {
        Ledger ledger = product.bean(Ledger.class);
        customer.withCredits(200);
        Hold hold =
                customer.inside(
                        () -> ledger.hold(80, "image_generation", "r", Duration.ofDays(60)));

        product.clock()
                .later(
                        Duration.ofDays(32),
                        () -> {
                            limitMine();
                            assertThat(usedNow()).isZero();
                            customer.inside(() -> ledger.capture(hold.id(), 50, "r"));
                            assertThat(usedNow()).isEqualTo(50);
                            product.sql()
                                    .sql("DELETE FROM credit_budget WHERE account_id = ?")
                                    .param(customer.accountId())
                                    .update();
                            limitMine();
                            assertThat(usedNow()).as("counted anew").isEqualTo(50);
                        });
    }

    private void limitMine() {
        customer.inside(() -> product.bean(Budgets.class).set(customer.userId(), null, 100L));
    }

    private long usedNow() {
        Budgets budgets = product.bean(Budgets.class);
        return customer.inside(() -> budgets.all().getFirst().usedIn(budgets.month()));
    }

    @Test
    void aNewMonthIsANewBudget() throws Exception {
        customer.api()
                .post(BUDGETS, Map.of("user", customer.userId(), "monthly_limit", 100))
                .expect(201);
        customer.api().post(DEDUCTIONS, spending(100, null)).expect(201);

        // Called directly: the token would have run out by then
        product.clock()
                .later(
                        Duration.ofDays(32),
                        () -> {
                            // The trial is over by then, and its credits with it
                            grantFiveHundred();
                            customer.inside(
                                    () -> product.bean(Ledger.class).deduct(100, "t", "t", "t"));
                            assertThatThrownBy(
                                            () ->
                                                    customer.inside(
                                                            () ->
                                                                    product.bean(Ledger.class)
                                                                            .deduct(
                                                                                    1, "t", "t",
                                                                                    "t")))
                                    .hasMessageContaining("0 are left this month");
                        });
    }

    /** Guard: at the turn of a month, a node whose clock is behind would have it begin anew. */
    @Test
    void aMonthThatHasBegunIsNotForgottenByWhoIsStillInTheLast() throws Exception {
        Ledger ledger = product.bean(Ledger.class);
        limitMine();
        Instant now = product.clock().instant();
        Duration untilNextMonth =
                Duration.between(
                        now,
                        YearMonth.from(now.atOffset(ZoneOffset.UTC))
                                .plusMonths(1)
                                .atDay(1)
                                .atStartOfDay()
                                .toInstant(ZoneOffset.UTC));
        grantFiveHundred();
        product.clock()
                .later(
                        untilNextMonth.plusSeconds(1),
                        () -> customer.inside(() -> ledger.deduct(60, "t", "t", "t")));

        customer.inside(() -> ledger.deduct(30, "t", "t", "t"));

        product.clock()
                .later(
                        untilNextMonth.plusSeconds(1),
                        () -> {
                            assertThat(usedNow()).isEqualTo(90);
                            customer.inside(() -> ledger.deduct(10, "t", "t", "t"));
                            assertThatThrownBy(
                                            () ->
                                                    customer.inside(
                                                            () -> ledger.deduct(1, "t", "t", "t")))
                                    .hasMessageContaining("0 are left this month");
                        });
    }

    @Test
    void aBudgetIsAnAccountsOwn() {
        Customer other = product.signUp();
        UUID foreign = other.addSite();
        customer.api()
                .post(BUDGETS, Map.of("site", foreign, "monthly_limit", 1))
                .expectRefusal(404, "not_found");
        customer.api()
                .post(BUDGETS, Map.of("user", other.userId(), "monthly_limit", 1))
                .expectRefusal(404, "not_found");
        customer.api().post(BUDGETS, Map.of("monthly_limit", 1)).expectInvalid("user");
        customer.api()
                .post(BUDGETS, Map.of("user", customer.userId(), "monthly_limit", -1))
                .expectInvalid("monthly_limit");
        String theirs =
                other.api()
                        .post(BUDGETS, Map.of("site", foreign, "monthly_limit", 1))
                        .expect(201)
                        .data()
                        .path("id")
                        .asString();
        customer.api().delete(BUDGETS + theirs + "/").expectRefusal(404, "not_found");
        assertThat(customer.api().get(BUDGETS).expect(200).results()).isEmpty();
    }

    @Test
    void whoHasNoCreditsYetMaySayWhenToBeTold() {
        Customer empty = product.emptyAccount();
        Budgets budgets = product.bean(Budgets.class);

        empty.inside(
                () -> {
                    budgets.alertBelow(50L);
                    return true;
                });

        Optional<Long> below = empty.inside(() -> budgets.alertBelow());
        assertThat(below).contains(50L);
    }

    @Test
    void oneLetterIsWrittenEachTimeTheBalanceGoesBelow() {
        customer.api().send("PUT", "billing/credits/alert/", body("{\"below\":1000}")).expect(200);
        customer.api().post(DEDUCTIONS, spending(1000, null)).expect(201);
        assertThat(lettersWritten()).isZero();
        customer.api().post(DEDUCTIONS, spending(1, null)).expect(201);
        customer.api().post(DEDUCTIONS, spending(1, null)).expect(201);
        await().until(this::lettersWritten, written -> written == 1);
        customer.api().post(DEDUCTIONS, spending(1, null)).expect(201);
        await().until(this::lettersWritten, written -> written == 1);
        customer.withCredits(1500);
        customer.api().post(DEDUCTIONS, spending(600, null)).expect(201);
        await().until(this::lettersWritten, written -> written == 2);
    }

    /** Guard: each month's end would be told as if it had been used up. */
    @Test
    void creditsThatEndAsNewOnesComeAreNotRunningLow() throws Exception {
        product.clock().later(Duration.ofDays(20), this::grantFiveHundred);

        assertThat(customer.balance()).as("the trial has ended").isEqualTo(new Balance(500, 0));
        assertThat(isAlertDue()).isFalse();
    }

    /** Guard: who has bought more meanwhile would be told that they have little left. */
    @Test
    void whoHasMoreAgainIsNotToldThatTheyHadLess() {
        product.sql()
                .sql("UPDATE credit_balance SET alert_due = true WHERE account_id = ?")
                .param(customer.accountId())
                .update();

        assertThat(lettersWritten()).isZero();
        assertThat(isAlertDue()).isFalse();
    }

    private void grantFiveHundred() {
        var grant = new NewGrant(Entry.Type.GRANT, 500, "t", 1, null, "t");
        customer.inside(() -> product.bean(Ledger.class).grant(grant));
    }

    private boolean isAlertDue() {
        return product.sql()
                .sql("SELECT alert_due FROM credit_balance WHERE account_id = ?")
                .param(customer.accountId())
                .query(Boolean.class)
                .single();
    }

    @Test
    void usageIsToldByDayOperationSiteAndMember() {
        UUID site = customer.addSite();
        customer.api().post(DEDUCTIONS, spending(30, site)).expect(201);
        customer.api().post(DEDUCTIONS, spending(12, null)).expect(201);
        Operator.of(product)
                .act(
                        customer,
                        "credits/refunds",
                        Map.of("entry", 3, "amount", 2, "reason", "Half of it was blank"))
                .expect(200);

        assertThat(usage("day").path("credits").asLong()).isEqualTo(40);
        assertThat(usage("operation").path("label").asString()).isEqualTo("Image generation");
        assertThat(usage("site").path("label").asString()).isEqualTo("Site");
        assertThat(usage("site").path("credits").asLong()).isEqualTo(30);
        assertThat(usage("member").path("label").asString()).isEqualTo(customer.email());
        assertThat(usage("member").path("credits").asLong()).as("less refunds").isEqualTo(40);
        customer.api().get("billing/credits/usage/?by=moon").expectInvalid("by");
        customer.api()
                .get("billing/credits/usage/?from=2026-02-01&to=2026-01-01")
                .expectInvalid("to");
    }

    @Test
    void theStatementIsFilteredAndSavedAsAFile() {
        UUID site = customer.addSite();
        customer.api().post(DEDUCTIONS, spending(30, site)).expect(201);
        customer.api().post(DEDUCTIONS, spending(12, null)).expect(201);

        assertThat(numberOfEntries("")).isEqualTo(3);
        assertThat(numberOfEntries("?site=" + site)).isEqualTo(1);
        assertThat(numberOfEntries("?type=deduction")).isEqualTo(2);
        assertThat(numberOfEntries("?operation=image_generation")).isEqualTo(2);
        assertThat(numberOfEntries("?type=&operation=")).as("left blank").isEqualTo(3);
        assertThat(numberOfEntries("?from=2099-01-01")).isZero();
        customer.api().get("billing/credits/transactions/?type=moon").expectInvalid("type");
        String csv = customer.api().get("billing/credits/transactions/export/").expect(200).body();
        assertThat(csv.lines()).hasSize(4);
        assertThat(csv).contains(",deduction,-12,1958,image_generation,");
    }

    /** As the answer says and shows. */
    private int numberOfEntries(String filter) {
        var answer = customer.api().get("billing/credits/transactions/" + filter).expect(200);
        assertThat(answer.json().path("count").asInt())
                .as("count of " + filter)
                .isEqualTo(answer.results().size());
        return answer.results().size();
    }

    @Test
    void aRefundGivesBackNoMoreThanWasTaken() {
        customer.api().post(DEDUCTIONS, spending(30, null)).expect(201);
        Ledger ledger = product.bean(Ledger.class);

        assertThat(customer.inside(() -> ledger.refund(2, 10L, "Blank")).amount()).isEqualTo(10);
        assertThat(customer.inside(() -> ledger.refund(2, null, "Blank")).amount()).isEqualTo(20);
        assertThatThrownBy(() -> customer.inside(() -> ledger.refund(2, null, "Blank")))
                .hasMessageContaining("0 credits can still be given back");
        assertThat(customer.balance()).isEqualTo(new Balance(2000, 0));
    }

    private static java.net.http.HttpRequest.BodyPublisher body(String json) {
        return java.net.http.HttpRequest.BodyPublishers.ofString(json);
    }

    private JsonNode usage(String by) {
        return customer.api().get("billing/credits/usage/?by=" + by).expect(200).results().get(0);
    }

    private long used() {
        return customer.api().get(BUDGETS).expect(200).results().get(0).path("used").asLong();
    }

    private long lettersWritten() {
        CreditAlerts.write(
                product.bean(PlatformTransactions.class),
                product.bean(CreditLetters.class),
                event -> {});
        return product.sql()
                .sql("SELECT count(*) FROM mail WHERE recipient = ? AND template = 'low_balance'")
                .param(customer.email())
                .query(Long.class)
                .single();
    }

    private static Map<String, Object> spending(
            long amount, @org.jspecify.annotations.Nullable UUID site) {
        Map<String, Object> body =
                new HashMap<>(
                        Map.of(
                                "amount",
                                amount,
                                "operation",
                                "image_generation",
                                "reference",
                                "r"));
        if (site != null) {
            body.put("site", site);
        }
        return body;
    }
}
