package com.igny8.testing;

import com.igny8.credit.Balance;
import com.igny8.credit.Entry;
import com.igny8.credit.Ledger;
import com.igny8.credit.NewGrant;
import com.igny8.tenancy.Caller;
import com.igny8.tenancy.Role;
import com.igny8.tenancy.Tenancy;

import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Somebody who signed up, with what they got.
 *
 * @param api a client that is signed in as them
 */
public record Customer(
        Product product,
        UUID accountId,
        UUID userId,
        String email,
        String access,
        String refresh,
        Api api) {
    public static final String PASSWORD = "lantern orbit walnut";

    /** As the request of this customer would be bound. */
    public Caller caller() {
        return new Caller(accountId, userId, Role.OWNER, Caller.Via.TOKEN);
    }

    /** Runs the work on the customer's account: for calling front doors without HTTP. */
    public <T, X extends Throwable> T inside(ScopedValue.CallableOp<T, X> work) throws X {
        return Tenancy.as(caller(), work);
    }

    /** Adds a site of the industry Technology. */
    public UUID addSite() {
        return api.post("auth/sites/", site("Site", "site-" + UUID.randomUUID() + ".example"))
                .expect(201)
                .id();
    }

    /** The body that adds a site of the industry Technology. */
    public static Map<String, Object> site(String name, String domain) {
        return Map.of("name", name, "domain", domain, "industry", 1);
    }

    /** Adds the sector Software &amp; SaaS to a site of the industry Technology. */
    public UUID addSector(UUID site) {
        return api.post(
                        "auth/sectors/",
                        Map.of("site", site, "name", "Software", "industry_sector", 101))
                .expect(201)
                .id();
    }

    /** An API key of the site, that may do what these scopes say. */
    public String key(UUID site, String... scopes) {
        return api.post(
                        "auth/api-keys/",
                        Map.of("name", "Test", "site", site, "scopes", List.of(scopes)))
                .expect(201)
                .data()
                .path("key")
                .asString();
    }

    /** Gives everybody in the account another role: where this customer is alone in it. */
    public void become(String role) {
        product.sql()
                .sql("UPDATE member SET role = ? WHERE account_id = ?")
                .params(role, accountId)
                .update();
    }

    /** Puts the account on the first terms of a plan, without an order. */
    public Customer onPlan(String slug) {
        product.sql()
                .sql(
                        """
                        UPDATE subscription SET plan_id = plan.id, plan_version_id = version.id
                          FROM plan JOIN plan_version version ON version.plan_id = plan.id
                         WHERE plan.slug = ? AND account_id = ? AND subscription.status <> 'canceled'
                        """)
                .params(slug, accountId)
                .update();
        return this;
    }

    public Balance balance() {
        return inside(() -> product.bean(Ledger.class).balance());
    }

    /** Grants credits that never run out, or takes some, until exactly so many are available. */
    public Customer withCredits(long credits) {
        Ledger ledger = product.bean(Ledger.class);
        long missing = credits - balance().available();
        inside(
                () ->
                        missing == 0
                                ? ledger.balance()
                                : missing > 0
                                        ? ledger.grant(
                                                new NewGrant(
                                                        Entry.Type.GRANT,
                                                        missing,
                                                        "test",
                                                        0,
                                                        null,
                                                        "For a test"))
                                        : ledger.deduct(-missing, "test", "test", "For a test"));
        return this;
    }
}
