package com.igny8.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.igny8.testing.Customer;
import com.igny8.testing.LedgerInvariants;
import com.igny8.testing.Product;

import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

class ErasureTests {
    private static final Duration AFTER_RETENTION = Duration.ofDays(14).plusMinutes(10);

    private final Product product = Product.running();

    private AccountTables tables() {
        return AccountTables.read(product.sql()::sql);
    }

    private void erase() throws Exception {
        product.clock().later(AFTER_RETENTION, () -> product.bean(Erasure.class).run());
    }

    /** A customer with something of every kind there is an endpoint for. */
    private Customer busyCustomer() {
        Customer customer = product.signUp(Map.of("account_name", "Engines " + UUID.randomUUID()));
        UUID site = customer.addSite();
        customer.addSector(site);
        keywords(customer, site, 3);
        customer.api()
                .once("key-" + site)
                .post("planner/clusters/auto_cluster/", Map.of("site", site))
                .expect(202);
        product.sql()
                .sql(
                        """
                        INSERT INTO keyword_upload
                            (account_id, site_id, file_name, content, created_by)
                        VALUES (?, ?, 'x.csv', 'x', ?)
                        """)
                .param(customer.accountId())
                .param(site)
                .param(customer.userId())
                .update();
        return customer;
    }

    private void keywords(Customer customer, UUID site, int count) {
        product.sql()
                .sql(
                        """
                        INSERT INTO keyword (account_id, site_id, keyword, folded)
                        SELECT ?, ?, 'k' || n, 'k' || n FROM generate_series(1, ?) AS n
                        """)
                .param(customer.accountId())
                .param(site)
                .param(count)
                .update();
    }

    /** An endpoint of the operator's heard of an event of the customer's. */
    private void tellTheOperatorOf(Customer customer) {
        product.sql()
                .sql(
                        """
                        WITH operators AS (
                            INSERT INTO webhook_endpoint (account_id, url, description, event_types,
                                paused_because, secret, created_at)
                            SELECT id, 'https://books.invalid/', '', '{}', 'asked', '', now()
                              FROM account WHERE is_system
                            RETURNING account_id, id)
                        INSERT INTO webhook_delivery (account_id, endpoint_id, event_id, event_type,
                            concerned_account_id, data, happened_at, due_at, created_at)
                        SELECT account_id, id, uuidv7(), 'invoice.paid', ?, '{}', now(), now(), now()
                          FROM operators
                        """)
                .param(customer.accountId())
                .update();
    }

    private void assertErased(Customer customer) {
        for (AccountTables.Table table : tables().tables()) {
            if (!Erasure.KEPT.contains(table.name())) {
                assertThat(product.count(table.name(), customer.accountId()))
                        .as(table.name())
                        .isZero();
            }
        }
        var account =
                product.sql()
                        .sql("SELECT * FROM account WHERE id = ?")
                        .param(customer.accountId())
                        .query()
                        .singleRow();
        assertThat(account.get("erased_at")).isNotNull();
        assertThat(account.get("name")).isEqualTo("Erased account");
        assertThat(account.toString()).doesNotContain(customer.email(), "Engines");
    }

    @Test
    void everyTableOfAnAccountIsErasedOrKeptOnPurpose() {
        AccountTables tables = tables();
        assertThat(tables.tables()).extracting(AccountTables.Table::name).containsAll(Erasure.KEPT);
        assertThat(tables.pointingFirst()).hasSameElementsAs(tables.tables());
        tables.tables().stream()
                .map(AccountTables.Table::name)
                .filter(table -> !Erasure.KEPT.contains(table))
                .forEach(
                        table ->
                                assertThat(
                                                product.sql()
                                                        .sql(
                                                                """
                                                                SELECT has_table_privilege(
                                                                    'igny8_platform', ?, 'DELETE')
                                                                """)
                                                        .param(table)
                                                        .query(Boolean.class)
                                                        .single())
                                        .as(table + ": the platform may erase it")
                                        .isTrue());
        assertThat(tables.references())
                .filteredOn(reference -> Erasure.KEPT.contains(reference.from()))
                .as("What is kept must not point at what is erased")
                .allSatisfy(reference -> assertThat(Erasure.KEPT).contains(reference.to()));
    }

    @Test
    void afterItsTimeNothingOfAnAccountNamesAnybody() throws Exception {
        Customer customer = busyCustomer();
        Customer other = busyCustomer();
        tellTheOperatorOf(customer);
        AccountDeletionTests.delete(customer).expect(200);
        product.bean(Erasure.class).run();
        assertThat(product.count("site", customer.accountId())).as("not yet").isOne();

        erase();

        assertErased(customer);
        assertThat(
                        product.sql()
                                .sql(
                                        """
                                        SELECT count(*) FROM webhook_delivery
                                         WHERE concerned_account_id = ?
                                        """)
                                .param(customer.accountId())
                                .query(Long.class)
                                .single())
                .isZero();
        assertThat(product.count("credit_entry", customer.accountId())).isPositive();
        var log =
                product.sql()
                        .sql("SELECT * FROM audit_entry WHERE account_id = ?")
                        .param(customer.accountId())
                        .query()
                        .listOfRows();
        assertThat(log).isNotEmpty();
        assertThat(log)
                .allSatisfy(
                        entry -> {
                            assertThat(entry.get("address")).isNull();
                            assertThat(String.valueOf(entry.get("details"))).isEqualTo("{}");
                        });
        var user =
                product.sql()
                        .sql("SELECT * FROM app_user WHERE id = ?")
                        .param(customer.userId())
                        .query()
                        .singleRow();
        assertThat(user.toString()).doesNotContain(customer.email());
        for (String table : List.of("web_session", "refresh_token", "email_verification")) {
            assertThat(
                            product.sql()
                                    .sql("SELECT count(*) FROM " + table + " WHERE user_id = ?")
                                    .param(customer.userId())
                                    .query(Long.class)
                                    .single())
                    .as(table)
                    .isZero();
        }
        assertThat(
                        product.sql()
                                .sql("SELECT count(*) FROM mail WHERE recipient = ?")
                                .param(customer.email())
                                .query(Long.class)
                                .single())
                .isZero();
        customer.api().get("auth/me/").expect(401);
        product.api()
                .post(
                        "auth/login/",
                        Map.of("email", customer.email(), "password", Customer.PASSWORD))
                .expect(401);
        product.api().post("auth/register/", Product.registration(customer.email())).expect(201);
        assertThat(LedgerInvariants.violations(product.superuser())).isEmpty();

        assertThat(product.count("keyword", other.accountId())).isEqualTo(3);
        assertThat(other.api().get("auth/sites/").json().path("count").asInt()).isOne();
    }

    @Test
    void whoSitsInAnotherAccountOrWorksForTheOperatorStays() throws Exception {
        Customer customer = product.signUp();
        Customer guest = product.signUp();
        Customer staff = product.signUp();
        for (Customer each : List.of(guest, staff)) {
            product.sql()
                    .sql("INSERT INTO member (account_id, user_id, role) VALUES (?, ?, 'viewer')")
                    .param(customer.accountId())
                    .param(each.userId())
                    .update();
        }
        product.sql()
                .sql("UPDATE app_user SET is_operator = true WHERE id = ?")
                .param(staff.userId())
                .update();
        product.sql()
                .sql("DELETE FROM member WHERE account_id = ? AND role = 'owner'")
                .param(staff.accountId())
                .update();
        AccountDeletionTests.delete(customer).expect(200);

        erase();

        product.signIn(guest).api().get("auth/sites/").expect(200);
        product.api()
                .post("auth/login/", Map.of("email", staff.email(), "password", Customer.PASSWORD))
                .expect(200);
    }

    @Test
    void anErasureThatWasStoppedGoesOnWhereItWas() throws Exception {
        Customer customer = product.signUp(Map.of("account_name", "Engines"));
        UUID site = customer.addSite();
        keywords(customer, site, 12_000);
        AccountDeletionTests.delete(customer).expect(200);
        product.sql()
                .sql(
                        """
                        CREATE FUNCTION stop_here() RETURNS trigger LANGUAGE plpgsql AS
                            $$ BEGIN RAISE EXCEPTION 'stopped'; END $$
                        """)
                .update();
        product.sql()
                .sql(
                        """
                        CREATE TRIGGER stop_here BEFORE DELETE ON site
                            FOR EACH ROW EXECUTE FUNCTION stop_here()
                        """)
                .update();
        try {
            assertThatThrownBy(this::erase).rootCause().hasMessageContaining("stopped");
        } finally {
            product.sql().sql("DROP FUNCTION stop_here() CASCADE").update();
        }
        assertThat(product.count("keyword", customer.accountId())).isZero();
        assertThat(product.count("site", customer.accountId())).isOne();

        erase();
        erase();

        assertErased(customer);
    }

    @Test
    void whatARunningJobWritesMeanwhileIsErasedToo() throws Exception {
        Customer customer = product.signUp();
        UUID job = product.waitingJob(customer);
        AccountDeletionTests.delete(customer).expect(200);
        try (Connection worker = product.superuser().getConnection();
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            worker.setAutoCommit(false);
            new JdbcTemplate(new SingleConnectionDataSource(worker, true))
                    .update(
                            """
                            INSERT INTO ai_call (account_id, job_id, operation, provider, model,
                                quantity, credits, latency_ms, outcome)
                            VALUES (?, ?, 'clustering', 'local', 'm', 0, 0, 0, 'failed')
                            """,
                            customer.accountId(),
                            job);
            Future<?> erased =
                    threads.submit(
                            () -> {
                                erase();
                                return null;
                            });
            product.awaitSomebodyWhoWaits();
            worker.commit();
            erased.get();
        }
        assertErased(customer);
    }

    @Test
    void aDeletedSiteIsErasedWithAllThatIsOnItAndNothingElse() throws Exception {
        Customer customer = busyCustomer();
        product.sql()
                .sql(
                        "UPDATE subscription SET plan_id = plan.id, plan_version_id = version.id"
                                + " FROM plan JOIN plan_version version ON version.plan_id = plan.id"
                                + " WHERE plan.slug = 'enterprise' AND account_id = ?")
                .param(customer.accountId())
                .update();
        UUID gone = customer.addSite();
        UUID sector = customer.addSector(gone);
        keywords(customer, gone, 5);
        product.sql()
                .sql("UPDATE keyword SET sector_id = ? WHERE site_id = ?")
                .param(sector)
                .param(gone)
                .update();
        customer.api()
                .post("billing/credits/budgets/", Map.of("site", gone, "monthly_limit", 100))
                .expect(201);
        customer.api().delete("auth/sites/" + gone + "/").expect(200);

        erase();

        assertThat(product.count("credit_budget", customer.accountId())).isZero();
        assertThat(product.count("site", customer.accountId())).isOne();
        assertThat(product.count("sector", customer.accountId())).isOne();
        assertThat(product.count("keyword", customer.accountId())).isEqualTo(3);
        assertThat(product.count("site_access", customer.accountId())).isOne();
    }

    @Test
    void anErasedSectorLetsGoOfItsKeywords() throws Exception {
        Customer customer = product.signUp();
        UUID site = customer.addSite();
        UUID sector = customer.addSector(site);
        keywords(customer, site, 5);
        product.sql()
                .sql("UPDATE keyword SET sector_id = ? WHERE site_id = ?")
                .param(sector)
                .param(site)
                .update();
        customer.api().delete("auth/sectors/" + sector + "/").expect(200);

        erase();

        assertThat(product.count("sector", customer.accountId())).isZero();
        assertThat(product.count("keyword", customer.accountId())).isEqualTo(5);
    }

    @Test
    void theLogOfALivingAccountCannotBeBlanked() {
        Customer customer = product.signUp();
        assertThatThrownBy(
                        () ->
                                product.sql()
                                        .sql(
                                                """
                                                UPDATE audit_entry SET address = NULL, details = '{}'
                                                 WHERE account_id = ?
                                                """)
                                        .param(customer.accountId())
                                        .update())
                .rootCause()
                .hasMessageContaining("append-only");
        AccountDeletionTests.delete(customer).expect(200);
        for (String change : List.of("action = 'x'", "details = '{\"a\": 1}'", "actor_id = NULL")) {
            assertThatThrownBy(
                            () ->
                                    product.sql()
                                            .sql(
                                                    "UPDATE audit_entry SET "
                                                            + change
                                                            + " WHERE account_id = ?")
                                            .param(customer.accountId())
                                            .update())
                    .rootCause()
                    .hasMessageContaining("append-only");
        }
    }
}
