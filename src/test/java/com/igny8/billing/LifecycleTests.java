package com.igny8.billing;

import static org.assertj.core.api.Assertions.assertThat;

import com.igny8.account.Accounts;
import com.igny8.credit.Ledger;
import com.igny8.testing.Customer;
import com.igny8.testing.LedgerInvariants;
import com.igny8.testing.Mailbox;
import com.igny8.testing.Product;
import com.igny8.testing.Reply;

import org.junit.jupiter.api.Test;

import tools.jackson.databind.JsonNode;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

class LifecycleTests {
    private static final Instant NEW_YEARS_EVE = Instant.parse("2026-12-31T10:00:00Z");

    private final Product product = Product.running();
    private final Map<UUID, List<String>> attempts = new ConcurrentHashMap<>();
    private final Map<UUID, Integer> failures = new ConcurrentHashMap<>();
    private final Clockwork clockwork = new Clockwork(product, this::isPaid);

    /** As often as the test says an account's card is declined. */
    private boolean isPaid(UUID account, String attempt) {
        attempts.computeIfAbsent(account, any -> new ArrayList<>()).add(attempt);
        return failures.merge(account, -1, Integer::sum) < 0;
    }

    /** Ordered on the last of December, paid at once. */
    private Customer paying(String plan, boolean byCard) {
        Customer customer =
                product.signUp(Map.of("plan_slug", plan, "payment_method", "bank_transfer"));
        clockwork.stopAt(customer, NEW_YEARS_EVE);
        clockwork.payOpen(customer);
        if (byCard) {
            clockwork.giveCard(customer);
        }
        return customer;
    }

    private String status(Customer customer) {
        return customer.inside(() -> product.bean(Accounts.class).current().status().key());
    }

    /** Those about the subscription, as their templates are called. */
    private List<String> letters(Customer customer) {
        return new Mailbox(product, customer.email())
                .letters().stream()
                        .map(Mailbox.Received::template)
                        .filter(template -> !template.matches("verify_email|invoice_.*"))
                        .toList();
    }

    private long invoices(Customer customer, String status) {
        return product.sql()
                .sql("SELECT count(*) FROM invoice WHERE account_id = ? AND status = ?")
                .param(customer.accountId())
                .param(status)
                .query(Long.class)
                .single();
    }

    @Test
    void aTrialWarnsTwiceAndEndsAndAPaymentOpensTheAccountAgain() {
        Customer customer = product.signUp();
        clockwork.stopAt(customer, Instant.now());

        clockwork.days(customer, 10);
        assertThat(letters(customer)).isEmpty();
        clockwork.days(customer, 2);
        assertThat(letters(customer)).containsExactly("trial_ending");
        clockwork.days(customer, 3);

        assertThat(letters(customer))
                .containsExactly("trial_ending", "trial_ending", "trial_ended");
        assertThat(status(customer)).isEqualTo("suspended");
        assertThat(customer.balance().balance()).isZero();
        customer.api().get("auth/sites/").expectRefusal(403, "account_suspended");

        Reply ordered =
                customer.api()
                        .post(
                                "billing/change-plan/",
                                Map.of("plan_slug", "growth", "payment_method", "bank_transfer"))
                        .expect(200);
        assertThat(ordered.data().path("change").path("effect").asString()).isEqualTo("when_paid");
        assertThat(ordered.data().path("invoice").path("due_minor").asLong()).isEqualTo(13_900);
        assertThat(status(customer)).isEqualTo("suspended");

        clockwork.payOpen(customer);
        assertThat(status(customer)).isEqualTo("active");
        assertThat(clockwork.subscription(customer).plan().slug()).isEqualTo("growth");
        assertThat(customer.balance().balance()).isEqualTo(2_000);
    }

    @Test
    void acceptanceOfTheEarlierSystem() {
        Customer trial = product.signUp();
        JsonNode account =
                product.api()
                        .post(
                                "auth/login/",
                                Map.of("email", trial.email(), "password", Customer.PASSWORD))
                        .expect(200)
                        .data()
                        .path("user")
                        .path("account");
        assertThat(account.path("status").asString()).isEqualTo("trial");
        assertThat(account.path("credits").asLong()).isEqualTo(2_000);

        Customer free = product.signUp("free");
        assertThat(status(free)).isEqualTo("active");
        clockwork.stopAt(free, Instant.now());
        free.inside(() -> product.bean(Ledger.class).deduct(400, "test", "test", "test"));
        clockwork.months(free, 3);
        assertThat(free.balance().balance()).isEqualTo(1_000);
        assertThat(letters(free)).isEmpty();
    }

    @Test
    void renewalsByTransferAreBilledAheadAndKeepToTheCalendar() {
        Customer customer = paying("starter", false);

        clockwork.days(customer, 23);
        assertThat(invoices(customer, "open")).isZero();
        clockwork.days(customer, 1);
        assertThat(invoices(customer, "open")).isEqualTo(1);
        clockwork.payOpen(customer);
        clockwork.days(customer, 7);
        assertThat(clockwork.subscription(customer).currentPeriodEnd())
                .isEqualTo("2027-02-28T10:00:00Z");
        assertThat(customer.balance().balance()).isEqualTo(1_000);

        clockwork.days(customer, 27);
        clockwork.payOpen(customer);
        clockwork.days(customer, 7);
        assertThat(clockwork.subscription(customer).currentPeriodEnd())
                .isEqualTo("2027-03-31T10:00:00Z");
        assertThat(clockwork.subscription(customer).currentPeriodStart())
                .isEqualTo("2027-01-31T10:00:00Z");
    }

    @Test
    void whatIsNotPaidIsAskedForAndThenSuspended() {
        Customer customer = paying("growth", false);

        clockwork.days(customer, 31);
        assertThat(clockwork.subscription(customer).status())
                .isEqualTo(Subscription.Status.PAST_DUE);
        assertThat(status(customer)).isEqualTo("active");
        clockwork.days(customer, 6);
        assertThat(letters(customer))
                .containsExactly("payment_missing", "payment_missing", "payment_missing");
        clockwork.days(customer, 1);
        assertThat(status(customer)).isEqualTo("suspended");
        assertThat(letters(customer)).endsWith("suspended_unpaid");

        clockwork.days(customer, 20);
        clockwork.payOpen(customer);
        assertThat(status(customer)).isEqualTo("active");
        assertThat(clockwork.subscription(customer).currentPeriodStart())
                .isEqualTo("2027-02-27T10:00:00Z");
        assertThat(invoices(customer, "paid")).isEqualTo(2);
    }

    @Test
    void aCardThatIsDeclinedIsTriedAgainUntilItPays() {
        Customer customer = paying("growth", true);
        failures.put(customer.accountId(), 3);

        clockwork.days(customer, 31);
        clockwork.days(customer, 3);
        assertThat(letters(customer))
                .containsExactly("payment_failed", "payment_failed", "payment_failed");
        clockwork.days(customer, 3);

        assertThat(attempts.get(customer.accountId()))
                .containsExactly("renewal-0", "renewal-1", "renewal-2", "renewal-3");
        Subscription subscription = clockwork.subscription(customer);
        assertThat(subscription.status()).isEqualTo(Subscription.Status.ACTIVE);
        assertThat(subscription.currentPeriodEnd()).isEqualTo("2027-02-28T10:00:00Z");
        assertThat(status(customer)).isEqualTo("active");
    }

    @Test
    void anUpgradeCostsTheRestOfThePeriodAsThePreviewSays() {
        Customer customer = paying("growth", false);
        clockwork.days(customer, 15);
        Map<String, String> scale = Map.of("plan_slug", "scale");

        JsonNode preview =
                customer.api().post("billing/change-plan/preview/", scale).expect(200).data();
        JsonNode done = customer.api().post("billing/change-plan/", scale).expect(200).data();

        assertThat(done.path("change")).isEqualTo(preview);
        // 16 of 31 days of $229.00 and of $139.00
        assertThat(preview.path("invoice").path("lines").path(0).path("amount_minor").asLong())
                .isEqualTo(-7_174);
        assertThat(preview.path("invoice").path("lines").path(1).path("amount_minor").asLong())
                .isEqualTo(11_819);
        assertThat(done.path("invoice").path("total_minor").asLong()).isEqualTo(4_645);
        assertThat(clockwork.subscription(customer).plan().slug()).isEqualTo("growth");
        clockwork.payOpen(customer);

        assertThat(clockwork.subscription(customer).plan().slug()).isEqualTo("scale");
        assertThat(clockwork.subscription(customer).currentPeriodEnd())
                .isEqualTo("2027-01-31T10:00:00Z");
        assertThat(customer.balance().balance()).isEqualTo(2_000 + 1_033);
        assertThat(preview.path("credits_added").asLong()).isEqualTo(1_033);
    }

    @Test
    void aDowngradeWaitsForThePeriodsEndAndMustFit() {
        Customer customer = paying("growth", true);
        customer.addSite();
        UUID second = customer.addSite();
        Map<String, String> starter = Map.of("plan_slug", "starter");

        Reply refusal = customer.api().post("billing/change-plan/", starter);
        refusal.expectRefusal(409, "limits_exceeded");
        assertThat(refusal.json().path("limits").path(0).path("limit").asString())
                .isEqualTo("max_sites");
        customer.api().delete("auth/sites/" + second + "/").expect(200);
        JsonNode change = customer.api().post("billing/change-plan/", starter).expect(200).data();
        assertThat(change.path("change").path("effect").asString()).isEqualTo("at_period_end");
        assertThat(change.path("change").path("invoice").path("total_minor").asLong())
                .isEqualTo(8_900);

        clockwork.days(customer, 30);
        assertThat(clockwork.subscription(customer).plan().slug()).isEqualTo("growth");
        clockwork.days(customer, 1);
        assertThat(clockwork.subscription(customer).plan().slug()).isEqualTo("starter");
        assertThat(customer.balance().balance()).isEqualTo(1_000);
        assertThat(
                        product.sql()
                                .sql(
                                        "SELECT amount_minor FROM payment WHERE account_id = ?"
                                                + " AND provider = 'stripe'")
                                .param(customer.accountId())
                                .query(Long.class)
                                .single())
                .isEqualTo(8_900);
    }

    @Test
    void whoCancelsStaysUntilThePeriodsEndUnlessTheyResume() {
        Customer customer = paying("growth", true);
        customer.api().post("billing/resume/", "").expectRefusal(409, "not_cancelled");
        customer.api().post("billing/cancel/", "").expect(200);
        customer.api().post("billing/resume/", "").expect(200);
        clockwork.days(customer, 31);
        assertThat(clockwork.subscription(customer).currentPeriodEnd())
                .isEqualTo("2027-02-28T10:00:00Z");

        customer.api().post("billing/cancel/", "").expect(200);
        customer.api().post("billing/cancel/", "").expectRefusal(409, "already_cancelled");
        clockwork.days(customer, 27);
        assertThat(status(customer)).isEqualTo("active");
        clockwork.days(customer, 1);

        assertThat(status(customer)).isEqualTo("cancelled");
        assertThat(customer.balance().balance()).isZero();
        assertThat(letters(customer)).endsWith("cancel_scheduled", "cancelled");
        customer.api().get("auth/sites/").expectRefusal(403, "account_cancelled");
        clockwork.months(customer, 3);
        assertThat(invoices(customer, "paid")).isEqualTo(2);
    }

    @Test
    void anotherPlanInsteadOfOneNotPaidYetTakesItsInvoiceBack() {
        Customer customer =
                product.signUp(Map.of("plan_slug", "growth", "payment_method", "bank_transfer"));

        customer.api().post("billing/change-plan/", Map.of("plan_slug", "scale")).expect(200);

        assertThat(invoices(customer, "void")).isEqualTo(1);
        assertThat(invoices(customer, "open")).isEqualTo(1);
        clockwork.payOpen(customer);
        assertThat(clockwork.subscription(customer).plan().slug()).isEqualTo("scale");
        assertThat(customer.balance().balance()).isEqualTo(4_000);
    }

    @Test
    void creditsBoughtBesideThePlanOutliveTheMonth() {
        Customer customer = paying("growth", true);
        Reply bought = customer.api().post("billing/credit-packs/credits-500/buy/", "").expect(200);
        assertThat(bought.data().path("status").asString()).isEqualTo("paid");
        assertThat(customer.balance().balance()).isEqualTo(2_500);
        clockwork.months(customer, 2);
        assertThat(customer.balance().balance()).isEqualTo(2_500);
        assertThat(letters(customer)).contains("credits_added");
    }

    @Test
    void aYearIsPaidAtOnceAndGivesItsCreditsByTheMonth() {
        product.sql()
                .sql(
                        """
                        INSERT INTO plan_version (plan_id, version, currency, monthly_price_minor,
                            annual_price_minor, included_credits, credits_once, max_sites,
                            max_users, max_sectors_per_site, features)
                        SELECT plan_id, version + 1, currency, monthly_price_minor, 229000,
                               included_credits, credits_once, max_sites, max_users,
                               max_sectors_per_site, features
                          FROM plan_version JOIN plan ON plan.id = plan_id
                         WHERE slug = 'scale' ORDER BY version DESC LIMIT 1
                        """)
                .update();
        Customer customer = paying("scale", true);
        clockwork.days(customer, 1);
        JsonNode change =
                customer.api()
                        .post(
                                "billing/change-plan/",
                                Map.of("plan_slug", "scale", "billing_interval", "year"))
                        .expect(200)
                        .data();
        assertThat(change.path("invoice").path("total_minor").asLong()).isEqualTo(229_000 - 22_161);
        clockwork.payOpen(customer);

        assertThat(clockwork.subscription(customer).currentPeriodEnd())
                .isEqualTo("2028-01-01T10:00:00Z");
        for (int month = 1; month < 12; month++) {
            clockwork.months(customer, 1);
            assertThat(customer.balance().balance()).as("month " + month).isEqualTo(4_000);
        }
        assertThat(invoices(customer, "paid")).isEqualTo(2);
        clockwork.months(customer, 1);
        assertThat(letters(customer)).contains("renewal_coming");
        assertThat(invoices(customer, "paid")).isEqualTo(3);
        assertThat(LedgerInvariants.violations(product.superuser()))
                .noneMatch(found -> found.contains(customer.accountId().toString()));
    }

    @Test
    void aRunThatWasMissedCatchesUpMonthByMonth() throws Exception {
        Customer customer =
                product.signUp(Map.of("plan_slug", "growth", "payment_method", "bank_transfer"));
        clockwork.payOpen(customer);
        clockwork.giveCard(customer);
        Instant anchor = clockwork.subscription(customer).anchor();

        product.clock()
                .later(
                        Duration.ofDays(100),
                        () -> {
                            clockwork.run().account(customer.accountId());
                            Subscription subscription = clockwork.subscription(customer);
                            assertThat(subscription.currentPeriodEnd())
                                    .isEqualTo(Months.after(anchor, 4));
                            assertThat(customer.balance().balance()).isEqualTo(2_000);
                        });
        assertThat(invoices(customer, "paid")).isEqualTo(4);
    }
}
