package com.igny8.testing;

import com.igny8.credit.Ledger;
import com.igny8.invoice.CustomerBalance;
import com.igny8.invoice.CustomerBalance.Reason;
import com.igny8.invoice.Invoice;
import com.igny8.invoice.InvoiceLine;
import com.igny8.invoice.Invoices;
import com.igny8.invoice.NewInvoice;
import com.igny8.kernel.Money;
import com.igny8.payment.PaymentMethods;
import com.igny8.payment.PaymentType;
import com.igny8.tenancy.AuditLog;
import com.igny8.tenancy.Role;
import com.igny8.tenancy.TenantTransactions;
import com.igny8.testing.World.Thing;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Fills a world with one of everything; a new tenant table needs a row here. */
final class Furniture {
    /** 32 zeros in Base64. */
    private static final String WEBHOOK_SECRET = "whsec_" + "A".repeat(43) + "=";

    private static final String GONE = "now(), now() + interval '90 days'";

    private final World world;
    private final UUID accountId;
    private final UUID owner;

    Furniture(World world) {
        this.world = world;
        accountId = world.accountId();
        owner = world.member(Role.OWNER).userId();
    }

    void moveIn() {
        world.put(Thing.ACCOUNT, accountId);
        UUID site = addSites();
        addMembers(site);
        addPlans(site);
        addBudget(site);
        addTraces(addWork(site));
        addMoney();
        addWebhook();
    }

    private UUID addSites() {
        UUID site =
                world.put(
                        Thing.SITE,
                        world.insert(
                                """
                                INSERT INTO site
                                    (account_id, name, slug, domain, industry_id, created_by)
                                VALUES (?, 'World', 'world', 'world.example', 1, ?)
                                """,
                                accountId,
                                owner));
        world.put(
                Thing.DELETED_SITE,
                world.insert(
                        """
                        INSERT INTO site (account_id, name, slug, domain, industry_id, created_by,
                            deleted_at, restore_until)
                        VALUES (?, 'Old', 'old', 'old.world.example', 1, ?, %s)
                        """
                                .formatted(GONE),
                        accountId,
                        owner));
        world.put(
                Thing.SECTOR,
                world.insert(
                        """
                        INSERT INTO sector
                            (account_id, site_id, name, slug, industry_id, industry_sector_id)
                        VALUES (?, ?, 'Software', 'software', 1, 101)
                        """,
                        accountId,
                        site));
        world.put(
                Thing.DELETED_SECTOR,
                world.insert(
                        """
                        INSERT INTO sector (account_id, site_id, name, slug, industry_id,
                            industry_sector_id, deleted_at, restore_until)
                        VALUES (?, ?, 'Old', 'old', 1, 103, %s)
                        """
                                .formatted(GONE),
                        accountId,
                        site));
        world.put(
                Thing.API_KEY,
                world.sql()
                        .sql(
                                """
                                INSERT INTO api_key (account_id, id, name, site_id, scopes,
                                    secret_hash, created_by, created_at, issued_to, issued_at)
                                VALUES (?, right(md5(random()::text), 12), 'Bridge', ?,
                                    '{sites:read}', sha256(random()::text::bytea), ?, now(), ?,
                                    now())
                                RETURNING id
                                """)
                        .params(accountId, site, owner, owner)
                        .query(String.class)
                        .single());
        return site;
    }

    private void addMembers(UUID site) {
        world.put(Thing.USER, world.addMember(Role.VIEWER).userId());
        world.put(Thing.ACCESS, letIn(Role.VIEWER, site));
        letIn(Role.EDITOR, site);
        world.put(Thing.INVITATION, world.invite(UUID.randomUUID().toString()));
        world.put(
                Thing.SESSION,
                world.insert(
                        """
                        INSERT INTO web_session (token_hash, user_id, acting_account_id,
                            user_agent, address, created_at, last_seen_at, expires_at)
                        VALUES (sha256(random()::text::bytea), ?, ?, 'Test', '127.0.0.1',
                            now(), now(), now() + interval '90 days')
                        """,
                        owner,
                        accountId));
    }

    private void addBudget(UUID site) {
        world.put(
                Thing.BUDGET,
                world.insert(
                        """
                        INSERT INTO credit_budget (account_id, site_id, monthly_limit, month, used)
                        VALUES (?, ?, 500, date_trunc('month', now()), 0)
                        """,
                        accountId,
                        site));
    }

    private UUID letIn(Role role, UUID site) {
        return world.insert(
                """
                INSERT INTO site_access (account_id, user_id, site_id, granted_by)
                VALUES (?, ?, ?, ?)
                """,
                accountId,
                world.member(role).userId(),
                site,
                owner);
    }

    private void addPlans(UUID site) {
        world.put(
                Thing.CLUSTER,
                world.insert(
                        "INSERT INTO cluster (account_id, site_id, name) VALUES (?, ?, 'Clouds')",
                        accountId,
                        site));
        world.put(
                Thing.DELETED_CLUSTER,
                world.insert(
                        """
                        INSERT INTO cluster (account_id, site_id, name, deleted_at, restore_until)
                        VALUES (?, ?, 'Old clouds', %s)
                        """
                                .formatted(GONE),
                        accountId,
                        site));
        world.put(
                Thing.KEYWORD,
                world.insert(
                        """
                        INSERT INTO keyword (account_id, site_id, keyword, folded)
                        VALUES (?, ?, 'cloud storage', 'cloud storage')
                        """,
                        accountId,
                        site));
        world.put(
                Thing.DELETED_KEYWORD,
                world.insert(
                        """
                        INSERT INTO keyword
                            (account_id, site_id, keyword, folded, deleted_at, restore_until)
                        VALUES (?, ?, 'old storage', 'old storage', %s)
                        """
                                .formatted(GONE),
                        accountId,
                        site));
    }

    /** A file and a job; the id of the job. */
    private UUID addWork(UUID site) {
        world.put(
                Thing.UPLOAD,
                world.insert(
                        """
                        INSERT INTO keyword_upload
                            (account_id, site_id, file_name, content, created_by)
                        VALUES (?, ?, 'keywords.csv', ?, ?)
                        """,
                        accountId,
                        site,
                        "Keyword\nfrom a file\n".getBytes(StandardCharsets.UTF_8),
                        owner));
        return world.put(
                Thing.JOB,
                world.insert(
                        """
                        INSERT INTO job (account_id, type, status, site_id, payload, created_by,
                            run_at, created_at, finished_at)
                        VALUES (?, 'clustering', 'succeeded', ?, '{}', ?, now(), now(), now())
                        """,
                        accountId,
                        site,
                        owner));
    }

    /** Rows that nobody names by an id, but that must not be seen or touched either. */
    private void addTraces(UUID job) {
        world.insert(
                """
                INSERT INTO ai_call (account_id, job_id, operation, provider, model, quantity,
                    credits, latency_ms, outcome)
                VALUES (?, ?, 'clustering', 'test', 'test', 1, 10, 1, 'succeeded')
                """,
                accountId,
                job);
        world.sql()
                .sql(
                        """
                        INSERT INTO idempotent_request (account_id, id, request_hash, answer)
                        VALUES (?, 'key', 'hash', '')
                        """)
                .param(accountId)
                .update();
        Product product = world.product();
        world.inside(
                () -> {
                    product.bean(TenantTransactions.class)
                            .run(
                                    sql ->
                                            product.bean(AuditLog.class)
                                                    .record("world.made", "world", Map.of()));
                    Ledger ledger = product.bean(Ledger.class);
                    Duration day = Duration.ofHours(24);
                    return world.put(Thing.HOLD, ledger.hold(10, "test", "test", day).id());
                });
    }

    /** An invoice half paid from a balance, and all that can follow on it. */
    private void addMoney() {
        Product product = world.product();
        Money balance = new Money(5_000, "USD");
        Invoice invoice =
                world.inside(
                        () -> {
                            product.bean(PaymentMethods.class).choose(PaymentType.BANK_TRANSFER);
                            product.bean(CustomerBalance.class)
                                    .add(balance, Reason.ADJUSTMENT, null, "For a test");
                            return product.bean(Invoices.class).issue(order());
                        });
        world.put(Thing.INVOICE, invoice.id());
        world.put(
                Thing.CREDIT_NOTE,
                world.insert(
                        """
                        INSERT INTO credit_note (account_id, invoice_id, number, currency,
                            subtotal_minor, tax_minor, total_minor, due_minor, reason,
                            billing_snapshot, seller_snapshot, issued_at)
                        VALUES (?, ?, 'CN-' || uuidv7(), 'USD', 100, 0, 100, 100, 'Test', '{}',
                            '{}', now())
                        """,
                        accountId,
                        invoice.id()));
        world.put(Thing.PAYMENT, only("payment"));
        world.put(Thing.PAYMENT_METHOD, only("payment_method"));
        world.insert(
                """
                        INSERT INTO refund (account_id, payment_id, status, amount_minor, reason,
                            created_at)
                        VALUES (?, ?, 'pending', 100, 'Test', now())
                        """,
                accountId,
                only("payment"));
        world.insert(
                """
                INSERT INTO dispute (account_id, payment_id, provider_reference, status,
                    amount_minor, currency, reason, opened_at)
                VALUES (?, ?, 'dp_test', 'open', 100, 'USD', 'Test', now())
                """,
                accountId,
                only("payment"));
        world.insert(
                """
                INSERT INTO bank_confirmation (account_id, external_payment_id, request_hash,
                    answer, payment_id, confirmed_by, created_at)
                VALUES (?, 'test:' || uuidv7(), 'test', '{}', ?, uuidv7(), now())
                """,
                accountId,
                only("payment"));
        world.insert(
                """
                INSERT INTO scheduled_grant (account_id, subscription_id, plan_version_id, due_at,
                    ends_at, credits, granted_at)
                SELECT account_id, id, plan_version_id, current_period_start, current_period_end,
                       1, now() FROM subscription WHERE account_id = ?
                """,
                accountId);
        world.insert(
                """
                INSERT INTO credit_pack_order (account_id, invoice_id, slug, credits, valid_months)
                VALUES (?, ?, 'credits-500', 500, 12)
                """,
                accountId,
                invoice.id());
        world.sql()
                .sql("INSERT INTO test_clock (account_id, now_at) VALUES (?, now())")
                .param(accountId)
                .update();
    }

    /** Told of nothing by itself, so that nobody writes into the world while others look. */
    private void addWebhook() {
        UUID endpoint =
                world.put(
                        Thing.WEBHOOK,
                        world.insert(
                                """
                                INSERT INTO webhook_endpoint (account_id, url, description,
                                    event_types, secret, created_at)
                                VALUES (?, 'http://127.0.0.1:9/', 'Test', '{credits.low}', ?, now())
                                """,
                                accountId,
                                world.sealed(WEBHOOK_SECRET)));
        UUID delivery =
                world.put(
                        Thing.WEBHOOK_DELIVERY,
                        world.insert(
                                """
                                INSERT INTO webhook_delivery (account_id, endpoint_id, event_id,
                                    event_type, concerned_account_id, data, happened_at, status,
                                    attempts, due_at, created_at, settled_at)
                                VALUES (?, ?, uuidv7(), 'ping', ?, '{}', now(), 'delivered', 1,
                                    now(), now(), now())
                                """,
                                accountId,
                                endpoint,
                                accountId));
        world.insert(
                """
                INSERT INTO webhook_attempt (account_id, delivery_id, attempted_at,
                    duration_millis, status, response)
                VALUES (?, ?, now(), 1, 200, '')
                """,
                accountId,
                delivery);
    }

    private static NewInvoice order() {
        return new NewInvoice(
                Invoice.Purpose.MANUAL,
                null,
                null,
                "USD",
                List.of(InvoiceLine.of("Test", 1, new Money(10_000, "USD"))));
    }

    private UUID only(String table) {
        return world.sql()
                .sql("SELECT id FROM " + table + " WHERE account_id = ?")
                .param(accountId)
                .query(UUID.class)
                .single();
    }
}
