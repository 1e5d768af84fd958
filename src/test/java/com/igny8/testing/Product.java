package com.igny8.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.igny8.Igny8;
import com.igny8.identity.RememberedPasswords;
import com.igny8.tenancy.DataDirectory;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.util.FileSystemUtils;

import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

import javax.sql.DataSource;

/**
 * The whole product in this process, on a port of its own, over a PostgreSQL of its own. Tests
 * share {@link #running() one}, so each makes its own customers and looks at nobody else's; it goes
 * on until the JVM ends.
 */
public final class Product implements AutoCloseable {
    private static final Path DIRECTORIES = Path.of("target/test-data");

    private final ConfigurableApplicationContext context;
    private final TestClock clock;
    private final ProductDatabase database;
    private @Nullable String passwordHash;

    private Product(ConfigurableApplicationContext context, TestClock clock) {
        this.context = context;
        this.clock = clock;
        this.database = new ProductDatabase(context);
    }

    private static final class Shared {
        static final StripeStandIn STRIPE = new StripeStandIn();
        static final PayPalStandIn PAYPAL = new PayPalStandIn();
        static final Product PRODUCT = start();

        private static Product start() {
            List<String> arguments = new ArrayList<>(List.of("--igny8.throttle.enabled=false"));
            arguments.add("--igny8.outbound-allow=127.0.0.1");
            arguments.addAll(STRIPE.settings());
            arguments.addAll(PAYPAL.settings());
            Product product = Product.start(freshDirectory(), arguments.toArray(String[]::new));
            String webhooks = product.address() + "/api/v1/billing/webhooks/";
            STRIPE.tells(URI.create(webhooks + "stripe/"));
            PAYPAL.tells(URI.create(webhooks + "paypal/"));
            // Tests of crashes have products of their own
            product.database.hurry();
            return product;
        }
    }

    /** What the shared product takes for Stripe; a node is without, unless it is told. */
    public static StripeStandIn stripe() {
        return Shared.STRIPE;
    }

    /** What the shared product takes for PayPal. */
    public static PayPalStandIn payPal() {
        return Shared.PAYPAL;
    }

    /** The one that all tests share; throttling is off. */
    public static Product running() {
        return Shared.PRODUCT;
    }

    /** Another node over the same database, set up otherwise; the test closes it. */
    public Product node(String... arguments) {
        List<String> all = new ArrayList<>(Arrays.asList(arguments));
        all.addAll(databaseArguments());
        all.add("--igny8.database.pool-size=4");
        all.add("--igny8.master-key=" + read(directory().resolve("keys/master.key")));
        return start(freshDirectory(), all.toArray(String[]::new));
    }

    /** What tells another process where the database is. */
    public List<String> databaseArguments() {
        return List.of(
                "--igny8.database.url=" + url(),
                "--igny8.database.migrator-user=igny8_migrator",
                "--igny8.database.migrator-password=" + TestRoles.migratorPassword(directory()));
    }

    /** A product over the directory; the test closes it. */
    public static Product start(Path directory, String... arguments) {
        TestClock clock = new TestClock();
        var application = new SpringApplication(Igny8.class);
        application.setMainApplicationClass(Igny8.class);
        application.addInitializers(
                context -> {
                    replace(context, Clock.class, clock);
                    replace(context, RememberedPasswords.class, new RememberedPasswords());
                });
        List<String> all = new ArrayList<>(Arrays.asList(arguments));
        all.add("--server.port=0");
        // Whoever puts the clock forward would find all trials ended, or not, as it happens
        all.add("--igny8.billing.every=24h");
        all.add("--igny8.data-dir=" + directory);
        all.add("--logging.level.root=WARN");
        all.add("--logging.level.com.igny8=INFO");
        return new Product(application.run(all.toArray(String[]::new)), clock);
    }

    private static <T> void replace(ConfigurableApplicationContext context, Class<T> type, T bean) {
        ((GenericApplicationContext) context)
                .registerBean(
                        "test" + type.getSimpleName(),
                        type,
                        () -> bean,
                        definition -> definition.setPrimary(true));
    }

    /** A directory below {@code target}; what earlier JVMs left there is removed first. */
    public static Path freshDirectory() {
        try {
            Files.createDirectories(DIRECTORIES);
            try (Stream<Path> left = Files.list(DIRECTORIES)) {
                left.filter(path -> !isInUse(path)).forEach(Product::delete);
            }
            return Files.createTempDirectory(DIRECTORIES, ProcessHandle.current().pid() + "-")
                    .toAbsolutePath();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static boolean isInUse(Path directory) {
        String pid = directory.getFileName().toString().split("-", 2)[0];
        return ProcessHandle.of(Long.parseLong(pid)).isPresent();
    }

    private static void delete(Path directory) {
        try {
            FileSystemUtils.deleteRecursively(directory);
        } catch (NoSuchFileException | DirectoryNotEmptyException anotherIsAtIt) {
            // Nothing is left of it soon
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** A client that is not signed in. */
    public Api api() {
        return Api.at(port());
    }

    /**
     * A browser with a session, or with none; it sends the token against forgery with all it sends.
     * A token is masked anew in each page, here by zeros.
     */
    public Api browser(@Nullable String session) {
        byte[] token = UUID.randomUUID().toString().getBytes(StandardCharsets.UTF_8);
        byte[] masked = Arrays.copyOf(new byte[token.length], 2 * token.length);
        System.arraycopy(token, 0, masked, token.length, token.length);
        String cookies = "XSRF-TOKEN=" + new String(token, StandardCharsets.UTF_8);
        return api().with(
                        "Cookie",
                        session == null ? cookies : cookies + "; igny8_session=" + session)
                .with("X-XSRF-TOKEN", Base64.getUrlEncoder().encodeToString(masked));
    }

    public int port() {
        return context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
    }

    /** For a browser: {@code http://127.0.0.1:port}. */
    public String address() {
        return "http://127.0.0.1:" + port();
    }

    /** A new customer on the free trial: 2,000 credits, one site. */
    public Customer signUp() {
        return signUp(Map.of());
    }

    /** A new customer on a plan without a price. */
    public Customer signUp(String planSlug) {
        return signUp(Map.of("plan_slug", planSlug));
    }

    /** A new customer, with more in the body of the registration. */
    public Customer signUp(Map<String, String> more) {
        Map<String, Object> body = registration(freshEmail());
        body.putAll(more);
        Reply reply = api().post("auth/register/", body).expect(201);
        return customer(reply, String.valueOf(body.get("email")));
    }

    /** An account with nobody and nothing in it, quickly made: to call front doors on. */
    public Customer emptyAccount() {
        String slug = "test-" + UUID.randomUUID();
        UUID id =
                sql().sql(
                                """
                                INSERT INTO account (name, slug, status, contact_email)
                                VALUES ('Test', ?, 'active', 'test@example.com') RETURNING id
                                """)
                        .param(slug)
                        .query(UUID.class)
                        .single();
        return new Customer(this, id, UUID.randomUUID(), slug, "", "", api());
    }

    public static String freshEmail() {
        return "someone-" + UUID.randomUUID() + "@example.com";
    }

    /** The least that a registration must say; a map to change. */
    public static Map<String, Object> registration(String email) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("email", email);
        body.put("password", Customer.PASSWORD);
        body.put("password_confirm", Customer.PASSWORD);
        return body;
    }

    /** Whoever signed up or in with this answer. */
    public Customer customer(Reply reply, String email) {
        JsonNode data = reply.data();
        assertThat(data.path("access").asString("")).as(reply.body()).isNotEmpty();
        return new Customer(
                this,
                UUID.fromString(data.path("user").path("account").path("id").asString()),
                UUID.fromString(data.path("user").path("id").asString()),
                email,
                data.path("access").asString(),
                data.path("refresh").asString(),
                api().as(data.path("access").asString()));
    }

    /** Signs a customer in again: other tokens, as from another machine. */
    public Customer signIn(Customer customer) {
        return signIn(customer, Customer.PASSWORD);
    }

    /** Signs in a customer who has another password by now. */
    public Customer signIn(Customer customer, String password) {
        Map<String, String> body = Map.of("email", customer.email(), "password", password);
        return customer(api().post("auth/login/", body).expect(200), customer.email());
    }

    /** A job of the customer's that nobody takes up for a year. */
    public UUID waitingJob(Customer customer) {
        return sql().sql(
                        """
                        INSERT INTO job (account_id, type, payload, created_by, run_at, created_at)
                        VALUES (?, 'waits', '{}', ?, now() + interval '1 year', now()) RETURNING id
                        """)
                .params(customer.accountId(), customer.userId())
                .query(UUID.class)
                .single();
    }

    /** Until a statement waits for a lock: with a lock taken, for what a test has just begun. */
    public void awaitSomebodyWhoWaits() {
        awaitWhoWait(1);
    }

    /** As above, until so many wait. */
    void awaitWhoWait(int count) {
        await().until(
                        () ->
                                sql().sql(
                                                """
                                                SELECT count(*) >= ? FROM pg_stat_activity
                                                 WHERE wait_event_type = 'Lock'
                                                """)
                                        .param(count)
                                        .query(Boolean.class)
                                        .single());
    }

    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    /** Gives each table's name and a hash of the rows that belong to {@code :account}. */
    String fingerprintStatement() {
        return database.fingerprintStatement();
    }

    /** The bean of a name, where there are several of a type. */
    public <T> T bean(String name, Class<T> type) {
        return context.getBean(name, type);
    }

    public TestClock clock() {
        return clock;
    }

    /** The data directory; of the first node where there are several. */
    public Path directory() {
        return bean(DataDirectory.class).resolve(".").normalize();
    }

    /** As the application connects for tenant work: row level security applies. */
    public Connection tenantConnection() throws SQLException {
        return database.connection("tenant");
    }

    /** As the application connects for platform work. */
    public Connection platformConnection() throws SQLException {
        return database.connection("platform");
    }

    /** As PostgreSQL's own superuser, whom nothing holds back; only where it is embedded. */
    public DataSource superuser() {
        return database.superuser();
    }

    /**
     * Statements of the superuser, each in a transaction of its own. What they change of somebody's
     * access has been heard of when they return, as it has when the product itself changes it.
     */
    public JdbcClient sql() {
        return database.sql();
    }

    /** The hash of {@link Customer#PASSWORD}: hashing takes its time, so it is done once. */
    synchronized String passwordHash() {
        if (passwordHash == null) {
            passwordHash =
                    sql().sql("SELECT password_hash FROM app_user WHERE id = ?")
                            .param(signUp().userId())
                            .query(String.class)
                            .single();
        }
        return passwordHash;
    }

    /** Where the database is, as JDBC has it. */
    public String url() {
        return database.url();
    }

    /** How many rows of a table the account has. */
    public long count(String table, UUID accountId) {
        return sql().sql("SELECT count(*) FROM " + table + " WHERE account_id = ?")
                .param(accountId)
                .query(Long.class)
                .single();
    }

    static String read(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public void close() {
        database.close();
        context.close();
    }

    /** The field of a refusal's details, as a number; null where there is none. */
    public static @Nullable Long number(Reply reply, String field) {
        JsonNode node = reply.json().path(field);
        return node.isIntegralNumber() ? node.asLong() : null;
    }
}
