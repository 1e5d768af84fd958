package bench.credits;

import com.igny8.testing.TestRoles;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The product's own database, reached past the product: to fill it, and to compare with. */
final class Database {
    /** Accounts of the bench have numbers, and ids made of them. */
    private static final String ID = "00000000-0000-7000-8000-";

    private final String port;
    private final String password;
    private final DriverManagerDataSource source;

    /** Nobody has to be told of a million accounts, one by one. */
    private final DriverManagerDataSource untold;

    Database(Path directory) {
        try {
            this.port =
                    Files.readAllLines(directory.resolve("postgres/postmaster.pid")).get(3).strip();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        this.password = TestRoles.superuserPassword(directory);
        this.source =
                new DriverManagerDataSource(
                        "jdbc:postgresql://127.0.0.1:" + port + "/igny8", "postgres", password);
        this.untold =
                new DriverManagerDataSource(
                        source.getUrl() + "?options=-c%20session_replication_role=replica",
                        "postgres",
                        password);
    }

    JdbcClient sql() {
        return JdbcClient.create(source);
    }

    static UUID account(int number) {
        return UUID.fromString(ID + "%012d".formatted(number));
    }

    void printSettings() {
        for (String setting :
                List.of(
                        "server_version",
                        "fsync",
                        "synchronous_commit",
                        "full_page_writes",
                        "wal_sync_method",
                        "shared_buffers",
                        "max_wal_size")) {
            System.out.printf(
                    "  %-20s %s%n",
                    setting, sql().sql("SHOW " + setting).query(String.class).single());
        }
    }

    /** Accounts from one number to another, with credits enough, all of them of one user. */
    void fill(int from, int to, UUID user) {
        JdbcClient.create(untold).sql(
                        """
                        INSERT INTO account (id, name, slug, status, contact_email)
                        SELECT (:id || lpad(n::text, 12, '0'))::uuid, 'Bench', 'bench-' || n,
                               'active', 'bench@example.com'
                          FROM generate_series(:from::int, :to::int) AS n
                        """)
                .param("id", ID)
                .param("from", from)
                .param("to", to)
                .update();
        String each =
                " FROM (SELECT (:id || lpad(n::text, 12, '0'))::uuid AS id"
                        + " FROM generate_series(:from::int, :to::int) AS n) AS account";
        for (String statement :
                List.of(
                        "INSERT INTO member (account_id, user_id, role) SELECT id, :user, 'owner'"
                                + each,
                        "INSERT INTO subscription (account_id, plan_id, plan_version_id, status,"
                                + " anchor_at, current_period_start, current_period_end, created_at)"
                                + " SELECT account.id, plan_version.plan_id, plan_version.id,"
                                + " 'active', now(), now(), now() + interval '1 month', now()"
                                + each
                                + " CROSS JOIN (SELECT plan_version.* FROM plan_version JOIN plan"
                                + " ON plan.id = plan_id WHERE slug = 'free' LIMIT 1)"
                                + " plan_version",
                        "INSERT INTO credit_balance (account_id, balance, last_entry_id)"
                                + " SELECT id, 1000000000, 1"
                                + each,
                        "INSERT INTO credit_entry (account_id, id, type, amount, balance_after,"
                                + " description, created_at) SELECT id, 1, 'grant', 1000000000,"
                                + " 1000000000, 'Bench', now()"
                                + each,
                        "INSERT INTO credit_grant (account_id, entry_id, source, amount,"
                                + " remaining, priority) SELECT id, 1, 'bench', 1000000000,"
                                + " 1000000000, 10"
                                + each)) {
            var prepared = JdbcClient.create(untold).sql(statement).param("id", ID).param("from", from).param("to", to);
            (statement.contains(":user") ? prepared.param("user", user) : prepared).update();
        }
    }

    /** So many deductions of one credit on each account, as if they had been made. */
    void deduct(int from, int to, int entries) {
        JdbcClient.create(untold)
                .sql(
                        """
                        WITH spent AS (
                            UPDATE credit_balance SET balance = balance - :entries,
                                   last_entry_id = last_entry_id + :entries
                             WHERE account_id BETWEEN :from::uuid AND :to::uuid
                            RETURNING account_id, balance + :entries AS balance, held,
                                      last_entry_id - :entries AS last_entry_id),
                        consumed AS (
                            UPDATE credit_grant SET remaining = remaining - :entries
                              FROM spent WHERE credit_grant.account_id = spent.account_id)
                        INSERT INTO credit_entry (account_id, id, type, amount, balance_after, held,
                               operation, reference, idempotency_key, description, created_at)
                        SELECT account_id, last_entry_id + n, 'deduction', -1, balance - n, held,
                               'bench', 'bench', 'before-' || n, 'bench', now()
                          FROM spent CROSS JOIN generate_series(1, :entries::bigint) AS n
                        """)
                .param("from", account(from))
                .param("to", account(to))
                .param("entries", entries)
                .update();
    }

    long count(String table) {
        return sql().sql("SELECT count(*) FROM " + table).query(Long.class).single();
    }

    /** Whether balances are what entries and grants say; null where they are. */
    @Nullable String firstBreak() {
        return sql().sql(
                        """
                        SELECT 'account ' || b.account_id
                          FROM credit_balance b
                          LEFT JOIN (SELECT account_id, sum(amount) AS total, max(id) AS last
                                       FROM credit_entry GROUP BY account_id) e USING (account_id)
                          LEFT JOIN (SELECT account_id, sum(remaining) AS total
                                       FROM credit_grant GROUP BY account_id) g USING (account_id)
                         WHERE b.balance <> coalesce(e.total, 0)
                            OR b.balance <> coalesce(g.total, 0)
                            OR b.last_entry_id <> coalesce(e.last, 0)
                         LIMIT 1
                        """)
                .query(String.class)
                .optional()
                .orElse(null);
    }

    /** The same in one statement, as somebody would write it who has nothing but the database. */
    private static final String CTE =
            """
            WITH spent AS (UPDATE credit_balance SET balance = balance - 1,
                   last_entry_id = last_entry_id + 1
             WHERE account_id = ('00000000-0000-7000-8000-' || lpad(:n::text, 12, '0'))::uuid
               AND balance - held >= 1 RETURNING account_id, last_entry_id, balance, held)
            """;

    private static final String ENTRY =
            """
            INSERT INTO credit_entry (account_id, id, type, amount, balance_after, held, operation,
                   reference, idempotency_key, description, created_at)
            SELECT account_id, last_entry_id, 'deduction', -1, balance, held, 'bench', 'bench',
                   %s, 'bench', now() FROM spent;
            """;

    private static final String GRANT =
            """
            , consumed AS (UPDATE credit_grant SET remaining = remaining - 1
             WHERE account_id = ('00000000-0000-7000-8000-' || lpad(:n::text, 12, '0'))::uuid
               AND is_open AND remaining >= 1)
            """;

    /** Balance and entry only. */
    double pgbenchLean(int accounts, int clients, int seconds) {
        return pgbench(CTE + ENTRY.formatted("NULL"), accounts, clients, seconds);
    }

    /** All that a deduction of the product writes: balance, grant, entry and its key. */
    double pgbenchSame(int accounts, int clients, int seconds) {
        return pgbench(
                CTE + GRANT + ENTRY.formatted("gen_random_uuid()::text"),
                accounts,
                clients,
                seconds);
    }

    private double pgbench(String statement, int accounts, int clients, int seconds) {
        try {
            Path script = Files.createTempFile("pgbench", ".sql");
            Files.writeString(
                    script,
                    "\\set n random(1, %d)\n%s".formatted(accounts, statement.replace("\n", " ")));
            ProcessBuilder builder =
                    new ProcessBuilder(
                                    "pgbench",
                                    "-n",
                                    "-M",
                                    "prepared",
                                    "-h",
                                    "127.0.0.1",
                                    "-p",
                                    port,
                                    "-U",
                                    "postgres",
                                    "-c",
                                    Integer.toString(clients),
                                    "-j",
                                    "1",
                                    "-T",
                                    Integer.toString(seconds),
                                    "-f",
                                    script.toString(),
                                    "igny8")
                            .redirectErrorStream(true);
            builder.environment().put("PGPASSWORD", password);
            Process process = builder.start();
            String output;
            try (var reader =
                    new BufferedReader(
                            new InputStreamReader(
                                    process.getInputStream(), StandardCharsets.UTF_8))) {
                output = String.join("\n", reader.lines().toList());
            }
            Files.delete(script);
            Matcher tps = Pattern.compile("tps = ([\\d.]+)").matcher(output);
            if (!tps.find()) {
                throw new IllegalStateException(output + "\n" + statement);
            }
            return Double.parseDouble(tps.group(1));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** As the earlier system did it: read under a lock, change in the program, write, commit. */
    double naive(int accounts, int clients, int seconds) throws InterruptedException {
        AtomicLong done = new AtomicLong();
        long end = System.nanoTime() + seconds * 1_000_000_000L;
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < clients; i++) {
            threads.add(
                    Thread.ofPlatform()
                            .start(
                                    () -> {
                                        try (Connection connection = source.getConnection()) {
                                            connection.setAutoCommit(false);
                                            while (System.nanoTime() < end) {
                                                naiveDeduction(connection, accounts);
                                                done.incrementAndGet();
                                            }
                                        } catch (SQLException failure) {
                                            throw new IllegalStateException(failure);
                                        }
                                    }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        return (double) done.get() / seconds;
    }

    private static void naiveDeduction(Connection connection, int accounts) throws SQLException {
        UUID account = account(ThreadLocalRandom.current().nextInt(accounts) + 1);
        long balance;
        long lastEntryId;
        try (PreparedStatement select =
                connection.prepareStatement(
                        "SELECT balance, last_entry_id FROM credit_balance WHERE account_id = ? FOR"
                                + " UPDATE")) {
            select.setObject(1, account);
            try (ResultSet row = select.executeQuery()) {
                row.next();
                balance = row.getLong(1) - 1;
                lastEntryId = row.getLong(2) + 1;
            }
        }
        try (PreparedStatement update =
                connection.prepareStatement(
                        "UPDATE credit_balance SET balance = ?, last_entry_id = ? WHERE account_id ="
                                + " ?")) {
            update.setLong(1, balance);
            update.setLong(2, lastEntryId);
            update.setObject(3, account);
            update.executeUpdate();
        }
        try (PreparedStatement insert =
                connection.prepareStatement(
                        "INSERT INTO credit_entry (account_id, id, type, amount, balance_after,"
                                + " description, created_at) VALUES (?, ?, 'deduction', -1, ?,"
                                + " 'bench', now())")) {
            insert.setObject(1, account);
            insert.setLong(2, lastEntryId);
            insert.setLong(3, balance);
            insert.executeUpdate();
        }
        connection.commit();
    }
}
