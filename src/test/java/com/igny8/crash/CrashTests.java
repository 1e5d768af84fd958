package com.igny8.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.igny8.Igny8;
import com.igny8.testing.Api;
import com.igny8.testing.Customer;
import com.igny8.testing.LedgerInvariants;
import com.igny8.testing.Product;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.springframework.jdbc.core.simple.JdbcClient;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** One life of one data directory, with one disaster after another; in this order, to be quick. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class CrashTests {
    private static final int ENOUGH = 300;

    private final Path directory = Product.freshDirectory();

    /** All that a product, of those killed since, said was done. */
    private final List<String> said = new ArrayList<>();

    private ProductProcess running;
    private UUID account;

    @BeforeAll
    void startOnTheRemainsOfAFirstStartThatNeverEnded() throws IOException {
        Path remains = Files.createDirectories(directory.resolve("postgres"));
        Files.writeString(remains.resolve("PG_VERSION"), "18\n");
        Files.writeString(remains.resolve("half"), "a database that was never finished");
        running = ProductProcess.start(Igny8.class, directory).awaitLine("Started Igny8");
        account = signUp(running.api(), "ada@example.com");
    }

    @AfterAll
    void leaveNothingRunning() {
        running.close();
        if (Files.exists(directory.resolve("postgres/postmaster.pid"))) {
            ProcessHandle.of(Long.parseLong(ProductProcess.pidFile(directory).getFirst()))
                    .ifPresent(ProcessHandle::destroy);
        }
    }

    @Test
    @Order(1)
    void anInterruptedFirstStartIsSetAsideAndBegunAnew() throws IOException {
        try (Stream<Path> inside = Files.list(directory)) {
            List<Path> aside =
                    inside.filter(path -> path.toString().contains("postgres.incomplete-"))
                            .toList();
            assertThat(aside).hasSize(1);
            assertThat(aside.getFirst().resolve("half")).exists();
        }
        running.awaitLine("first start was interrupted");
    }

    private static UUID signUp(Api api, String email) {
        var reply = api.post("auth/register/", Product.registration(email)).expect(201);
        return UUID.fromString(reply.data().path("user").path("account").path("id").asString());
    }

    @Test
    @Order(2)
    void aSecondProductOnTheSameDirectoryIsRefused() throws Exception {
        try (ProductProcess second = ProductProcess.start(Igny8.class, directory)) {
            second.awaitExit();

            assertThat(second.exitValue()).isNotZero();
            assertThat(second.output())
                    .contains("is in use by another running IGNY8", "IGNY8_DATA_DIR")
                    .doesNotContain("\tat ");
        }
        running.api().get("auth/plans/").expect(200);
    }

    @Test
    @Order(3)
    void everythingIsWrittenToDiskBeforeItIsSaid() {
        var sql = JdbcClient.create(ProductProcess.superuser(directory));
        for (String setting : List.of("fsync", "synchronous_commit", "full_page_writes")) {
            assertThat(sql.sql("SHOW " + setting).query(String.class).single())
                    .as(setting)
                    .isEqualTo("on");
        }
    }

    @Test
    @Order(4)
    void nobodyGetsInWithoutAPassword() {
        String url = ProductProcess.url(directory);
        for (String role : List.of("postgres", "igny8_migrator", "igny8_app", "igny8_platform")) {
            assertThatThrownBy(() -> DriverManager.getConnection(url + "?user=" + role).close())
                    .as(role)
                    .hasMessageContaining("password");
            assertThatThrownBy(() -> DriverManager.getConnection(url, role, "postgres").close())
                    .as(role)
                    .hasMessageContaining("password authentication failed");
        }
        assertThat(directory.resolve("keys/postgres.password"))
                .satisfies(
                        file ->
                                assertThat(Files.getPosixFilePermissions(file.getParent()))
                                        .hasSize(3));
        assertThat(directory.resolve("postgres-bin"))
                .as("what PostgreSQL runs is nobody else's to write")
                .satisfies(file -> assertThat(Files.getPosixFilePermissions(file)).hasSize(3));
    }

    @Test
    @Order(5)
    void stoppedInOrderItTakesItsDatabaseAlong() throws Exception {
        ProcessHandle postmaster = running.postmaster();

        running.stop();

        postmaster.onExit().get(20, TimeUnit.SECONDS);
        assertThat(directory.resolve("postgres/postmaster.pid")).doesNotExist();
    }

    @Test
    @Order(6)
    void killedInTheMiddleItLosesNothingThatWasSaidToBeDone() throws Exception {
        running = hammered();
        ProcessHandle postmaster = running.postmaster();
        running.awaitMore(ENOUGH, CrashTests::isDone);

        said.addAll(running.kill());

        assertThat(postmaster.isAlive()).as("PostgreSQL outlives its parent").isTrue();
        running = hammered();
        assertThat(postmaster.isAlive()).isFalse();
        running.awaitLine("outlived its parent");
        assertAllThere();
    }

    @Test
    @Order(7)
    void itsDatabaseKilledInTheMiddleItGoesOnWhenThatIsBack() throws Exception {
        running.awaitMore(ENOUGH, CrashTests::isDone);
        ProcessHandle postmaster = running.postmaster();

        postmaster.destroyForcibly();

        postmaster.onExit().get(20, TimeUnit.SECONDS);
        running.awaitLine("PostgreSQL ended unexpectedly").awaitLine("PostgreSQL is back");
        running.awaitMore(ENOUGH, CrashTests::isDone);
        assertAllThere();
        signUp(running.api(), "bob@example.com");
    }

    @Test
    @Order(8)
    void killedWithItsDatabaseItRecovers() throws Exception {
        running.awaitMore(ENOUGH, CrashTests::isDone);
        ProcessHandle postmaster = running.postmaster();

        List<String> last = running.kill();
        postmaster.destroyForcibly();

        said.addAll(last);
        postmaster.onExit().get(20, TimeUnit.SECONDS);
        assertThat(directory.resolve("postgres/postmaster.pid")).exists();
        running = ProductProcess.start(Igny8.class, directory).awaitLine("Started Igny8");
        assertAllThere();
        signUp(running.api(), "eve@example.com");
        running.api()
                .post(
                        "auth/login/",
                        java.util.Map.of("email", "ada@example.com", "password", Customer.PASSWORD))
                .expect(200);
    }

    /** For longer than CI has: {@code -Digny8.crash.seconds=180}. */
    @Test
    @Order(9)
    void killedAtRandomMomentsForAsLongAsOneLikes() throws Exception {
        long seconds = Long.getLong("igny8.crash.seconds", 0);
        Assumptions.assumeTrue(seconds > 0);
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        Random random = new Random(seconds);
        while (System.nanoTime() < end) {
            said.addAll(running.stop());
            running = hammered();
            running.awaitMore(1 + random.nextInt(ENOUGH), CrashTests::isDone);
            ProcessHandle postmaster = running.postmaster();
            int victim = random.nextInt(3);
            if (victim != 1) {
                said.addAll(running.kill());
            }
            if (victim != 0) {
                postmaster.destroyForcibly();
                postmaster.onExit().get(20, TimeUnit.SECONDS);
            }
            if (victim == 1) {
                running.awaitLine("PostgreSQL is back");
            } else {
                running = hammered();
            }
            assertAllThere();
        }
        // Who goes on hammering makes holds that run out without end
        said.addAll(running.stop());
        running = ProductProcess.start(Igny8.class, directory).awaitLine("Started Igny8");
        assertAllThere();
    }

    @Test
    @Order(10)
    void holdsThatNobodySettledAreReleased() {
        var sql = JdbcClient.create(ProductProcess.superuser(directory));
        // Who was killed while releasing them is given up after six heartbeats, a minute
        await().atMost(Duration.ofMinutes(2)).until(() -> overdueHolds(sql) == 0);
        assertThat(LedgerInvariants.violations(ProductProcess.superuser(directory))).isEmpty();
    }

    @Test
    @Order(11)
    void aPidFileThatNamesSomeoneElseHarmsNobody() throws Exception {
        running.stop();
        // Another PostgreSQL, of another product
        Path other = Product.running().directory();
        long bystander = Long.parseLong(ProductProcess.pidFile(other).getFirst());
        Files.writeString(
                directory.resolve("postgres/postmaster.pid"),
                bystander + "\n" + directory.resolve("postgres") + "\n");

        running = ProductProcess.start(Igny8.class, directory).awaitLine("Started Igny8");

        assertThat(ProcessHandle.of(bystander)).isPresent();
        assertThat(Product.running().signUp().balance().balance()).isEqualTo(2000);
        assertAllThere();
    }

    private static long overdueHolds(JdbcClient sql) {
        return sql.sql(
                        """
                        SELECT count(*) FROM credit_hold
                         WHERE settled_at IS NULL AND expires_at < now()
                        """)
                .query(Long.class)
                .single();
    }

    private ProductProcess hammered() throws IOException {
        return ProductProcess.start(
                        HammeredProduct.class,
                        directory,
                        "--igny8.database.pool-size=16",
                        account.toString())
                .awaitLine(HammeredProduct.READY);
    }

    private static boolean isDone(String line) {
        return line.startsWith(HammeredProduct.DONE);
    }

    /** Whatever was said to be done is there once, and with the rest of the ledger it adds up. */
    private void assertAllThere() {
        var everything = ProductProcess.superuser(directory);
        assertThat(LedgerInvariants.violations(everything)).isEmpty();

        List<String> acknowledged =
                Stream.concat(said.stream(), running.lines().stream())
                        .filter(CrashTests::isDone)
                        .map(line -> line.substring(HammeredProduct.DONE.length() + 1))
                        .toList();
        var sql = JdbcClient.create(everything);
        List<String> entries =
                sql.sql(
                                """
                                SELECT CASE WHEN type = 'grant' THEN 'granted ' || reference
                                            WHEN reference LIKE 'hold:%'
                                                THEN 'captured ' || substr(reference, 6)
                                            ELSE 'deducted ' || reference END || ' ' || id
                                  FROM credit_entry WHERE account_id = ? AND id > 1
                                """)
                        .param(account)
                        .query((row, number) -> row.getString(1))
                        .list();
        assertThat(entries).doesNotHaveDuplicates();
        Set<String> there = new HashSet<>(entries);
        there.addAll(
                sql.sql(
                                """
                                SELECT CASE WHEN operation = 'test'
                                            AND settled_at IS NOT NULL AND entry_id IS NULL
                                            AND expires_at - created_at > interval '1 minute'
                                            THEN 'released ' ELSE 'held ' END || id || ' 0'
                                  FROM credit_hold WHERE account_id = ?
                                """)
                        .param(account)
                        .query((row, number) -> row.getString(1))
                        .list());
        assertThat(there).containsAll(acknowledged);
        assertThat(
                        sql.sql(
                                        """
                                        SELECT reference FROM credit_entry WHERE account_id = ?
                                         GROUP BY reference HAVING count(*) > 1
                                        """)
                                .param(account)
                                .query((row, number) -> row.getString(1))
                                .list())
                .isEmpty();
    }
}
