package com.igny8.account;

import static org.assertj.core.api.Assertions.assertThat;

import com.igny8.testing.Customer;
import com.igny8.testing.Product;
import com.igny8.testing.Reply;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Each test signs in first and shuts the gate then: it must close at once, not with the token. */
class GateTests {
    private static final String SUBSCRIPTION = "billing/subscription/";
    private static final List<String> BILLING =
            List.of("billing/credits/balance/", "billing/credits/transactions/", SUBSCRIPTION);

    private final Product product = Product.running();
    private final Customer customer = product.signUp();
    private final UUID site = customer.addSite();

    private void change(String statement) {
        assertThat(product.sql().sql(statement).param(customer.accountId()).update()).isOne();
    }

    private void assertShut(Customer whose, int status, String code) {
        whose.api().get("auth/sites/").expectRefusal(status, code);
        whose.api().get("auth/sites/" + site + "/").expectRefusal(status, code);
        whose.api()
                .post("auth/sites/", Customer.site("Two", "two.example"))
                .expectRefusal(status, code);
        assertThat(product.count("site", customer.accountId())).isOne();
    }

    private static void assertBilling(Customer whose, int status, String code) {
        BILLING.forEach(path -> whose.api().get(path).expectRefusal(status, code));
    }

    /** Whatever the gate says, one can sign in, see why, and sign out. */
    private Reply assertStillSignsInAndOut() {
        customer.api().get("auth/me/").expect(200);
        Customer again = product.signIn(customer);
        Reply me = again.api().get("auth/me/").expect(200);
        again.api().post("auth/logout/", "").expect(200);
        return me;
    }

    @ParameterizedTest
    @ValueSource(strings = {"trial", "active", "pending_payment"})
    void anAccountThatMayBeUsedIsUsed(String status) {
        change("UPDATE account SET status = '" + status + "' WHERE id = ?");

        customer.api().get("auth/sites/").expect(200);
        BILLING.forEach(path -> customer.api().get(path).expect(200));
    }

    @Test
    void theOwnerOfASuspendedAccountSeesBillingAndNothingElse() {
        change("UPDATE account SET status = 'suspended' WHERE id = ?");

        assertShut(customer, 403, "account_suspended");
        BILLING.forEach(path -> customer.api().get(path).expect(200));
        Reply me = assertStillSignsInAndOut();
        assertThat(me.data().path("account").path("status").asString()).isEqualTo("suspended");
    }

    @Test
    void othersInASuspendedAccountSeeNothing() {
        Customer admin = member("admin");
        admin.api().get("auth/sites/").expect(200);
        admin.api().get(SUBSCRIPTION).expect(200);

        change("UPDATE account SET status = 'suspended' WHERE id = ?");

        assertShut(admin, 403, "account_suspended");
        assertBilling(admin, 403, "account_suspended");
    }

    @ParameterizedTest
    @CsvSource({
        "account_cancelled, UPDATE account SET status = 'cancelled' WHERE id = ?",
        "account_deleted, UPDATE account SET deleted_at = now() WHERE id = ?",
    })
    void aCancelledOrDeletedAccountIsShutForAll(String code, String statement) {
        change(statement);

        assertShut(customer, 403, code);
        assertBilling(customer, 403, code);
        assertStillSignsInAndOut();
    }

    @Test
    void deletedSaysSoWhateverElseItIs() {
        change("UPDATE account SET deleted_at = now(), status = 'suspended' WHERE id = ?");

        assertShut(customer, 403, "account_deleted");
        assertBilling(customer, 403, "account_deleted");
    }

    @Test
    void withoutAPlanThereIsNothingToUse() {
        change(
                "UPDATE subscription SET status = 'canceled', canceled_at = now()"
                        + " WHERE account_id = ?");

        assertShut(customer, 402, "plan_missing");
        Reply me = assertStillSignsInAndOut();
        assertThat(me.data().path("account").path("id").asString())
                .isEqualTo(customer.accountId().toString());
        assertThat(me.data().path("account").path("plan").isNull()).isTrue();
    }

    @Test
    void anInactivePlanIsNotUsed() {
        UUID plan =
                product.sql()
                        .sql(
                                """
                                INSERT INTO plan (slug, name, is_public, is_active, position)
                                VALUES (?, 'Gone', false, false, 99) RETURNING id
                                """)
                        .param("gone-" + UUID.randomUUID())
                        .query(UUID.class)
                        .single();
        UUID version =
                product.sql()
                        .sql(
                                """
                                INSERT INTO plan_version (plan_id, version, currency,
                                    monthly_price_minor, included_credits, credits_once, max_sites,
                                    max_users, max_sectors_per_site, features)
                                VALUES (?, 1, 'USD', 0, 0, true, 1, 1, 1, '{}') RETURNING id
                                """)
                        .param(plan)
                        .query(UUID.class)
                        .single();
        change(
                "UPDATE subscription SET plan_id = '%s', plan_version_id = '%s'"
                                .formatted(plan, version)
                        + " WHERE account_id = ?");

        assertShut(customer, 402, "plan_inactive");
        assertStillSignsInAndOut();
    }

    @Test
    void whoHasNoSeatAnyMoreIsOut() {
        change("DELETE FROM member WHERE account_id = ?");

        assertShut(customer, 403, "account_missing");
        assertBilling(customer, 403, "account_missing");
        Reply me = customer.api().get("auth/me/").expect(200);
        assertThat(me.data().path("account").isNull()).isTrue();
        product.api()
                .post(
                        "auth/login/",
                        Map.of("email", customer.email(), "password", Customer.PASSWORD))
                .expect(200);
    }

    /** Nobody is told of a new seat, and needs not be: that there was none is not remembered. */
    @Test
    void whoGetsASeatIsInAtOnce() {
        change("DELETE FROM member WHERE account_id = ?");
        assertShut(customer, 403, "account_missing");

        change(
                "INSERT INTO member (account_id, user_id, role) VALUES (?, '%s', 'admin')"
                        .formatted(customer.userId()));

        customer.api().get("auth/sites/").expect(200);
    }

    @Test
    void whatAnybodyMaySeeASuspendedAccountMayToo() {
        change("UPDATE account SET status = 'suspended' WHERE id = ?");

        customer.api().get("auth/plans/").expect(200);
        customer.api().get("auth/industries/").expect(200);
        customer.api().get("system/health/").expect(200);
    }

    @Test
    void reinstatedIsOpenAtOnce() {
        change("UPDATE account SET status = 'suspended' WHERE id = ?");
        customer.api().get("auth/sites/").expectRefusal(403, "account_suspended");

        change("UPDATE account SET status = 'active' WHERE id = ?");

        customer.api().get("auth/sites/").expect(200);
    }

    @ParameterizedTest
    @CsvSource({"viewer, 403", "editor, 403", "admin, 200"})
    void billingIsForAdminsAndAbove(String role, int status) {
        Customer member = member(role);

        member.api().get("billing/credits/transactions/").expect(status);
        member.api().get(SUBSCRIPTION).expect(status);
    }

    @ParameterizedTest
    @ValueSource(strings = {"viewer", "editor"})
    void viewersAndEditorsReachSitesTheyWereLetIntoOnly(String role) {
        Customer member = member(role);
        assertThat(member.api().get("auth/sites/").expect(200).results()).isEmpty();
        member.api().get("auth/sites/" + site + "/").expectRefusal(404, "not_found");
        member.api().get("auth/sectors/?site=" + site).expectRefusal(404, "not_found");

        product.sql()
                .sql(
                        """
                        INSERT INTO site_access (account_id, user_id, site_id, granted_by)
                        VALUES (?, ?, ?, ?)
                        """)
                .params(customer.accountId(), member.userId(), site, customer.userId())
                .update();

        assertThat(member.api().get("auth/sites/").expect(200).results()).hasSize(1);
        member.api().get("auth/sites/" + site + "/").expect(200);
        member.api()
                .post("auth/sites/", Customer.site("Two", "two.example"))
                .expectRefusal(403, "role_too_weak");
        member.api()
                .post("auth/sectors/", Map.of("site", site, "name", "a", "industry_sector", 101))
                .expectRefusal(403, "role_too_weak");
    }

    @Test
    void aRoleThatIsTakenIsGoneAtOnce() {
        Customer admin = member("admin");
        admin.api().get(SUBSCRIPTION).expect(200);

        product.sql()
                .sql("UPDATE member SET role = 'viewer' WHERE user_id = ? AND account_id = ?")
                .params(admin.userId(), customer.accountId())
                .update();

        admin.api().get(SUBSCRIPTION).expectRefusal(403, "role_too_weak");
    }

    /** Somebody else with a seat in the customer's account, which is the only one they have. */
    private Customer member(String role) {
        Customer somebody = product.signUp();
        product.sql().sql("DELETE FROM member WHERE user_id = ?").param(somebody.userId()).update();
        product.sql()
                .sql("INSERT INTO member (account_id, user_id, role) VALUES (?, ?, ?)")
                .params(customer.accountId(), somebody.userId(), role)
                .update();
        return product.signIn(somebody);
    }
}
