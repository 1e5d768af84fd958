package com.igny8.testing;

import static java.util.stream.Collectors.toMap;

import com.igny8.billing.Subscriptions;
import com.igny8.catalog.Plans;
import com.igny8.credit.Entry;
import com.igny8.credit.Ledger;
import com.igny8.credit.NewGrant;
import com.igny8.identity.RefreshTokens;
import com.igny8.identity.User;
import com.igny8.identity.WebSessions;
import com.igny8.tenancy.AuditLog;
import com.igny8.tenancy.Caller;
import com.igny8.tenancy.Role;
import com.igny8.tenancy.Tenancy;
import com.igny8.tenancy.TenantTransactions;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/**
 * An account with one of everything in it and somebody in every role. It costs some milliseconds,
 * so that each attempt at breaking in, or at changing something, has a world of its own.
 *
 * <p>A new table needs a row here, a new kind of id a {@link Thing}.
 */
public final class World {
    /** What has an id and belongs to an account. */
    public enum Thing {
        SITE,
        SECTOR,
        CLUSTER,
        KEYWORD,
        JOB,
        UPLOAD
    }

    /**
     * Somebody who can sign in.
     *
     * @param accountId what they act on; null for who has no seat
     */
    public record Person(UUID userId, String email, @Nullable UUID accountId) {
        private User user() {
            return new User(userId, email, "", "", false, true);
        }
    }

    private final Product product;
    private final UUID accountId;
    private final Map<Role, Person> members = new EnumMap<>(Role.class);
    private final Map<Thing, UUID> things = new EnumMap<>(Thing.class);
    private final Set<Thing> named = EnumSet.noneOf(Thing.class);

    private World(Product product, UUID accountId) {
        this.product = product;
        this.accountId = accountId;
    }

    private World(World other) {
        this(other.product, other.accountId);
        members.putAll(other.members);
        things.putAll(other.things);
    }

    /** One of everything, and of the members the viewer and the editor are let into the site. */
    public static World populated(Product product) {
        World world = empty(product);
        for (Role role : Role.values()) {
            if (role != Role.OWNER) {
                world.members.put(role, world.addMember(role));
            }
        }
        world.addThings();
        world.addTraces();
        return world;
    }

    /** An account on the largest plan, its owner, and 1,000 credits: nothing else. */
    public static World empty(Product product) {
        UUID accountId = UUID.randomUUID();
        product.sql()
                .sql(
                        """
                        INSERT INTO account (id, name, slug, status, contact_email)
                        VALUES (?, 'World', ?, 'active', 'world@example.com')
                        """)
                .params(accountId, "world-" + accountId)
                .update();
        World world = new World(product, accountId);
        world.members.put(Role.OWNER, world.addMember(Role.OWNER));
        world.inside(
                () -> {
                    product.bean(Subscriptions.class)
                            .start(
                                    product.bean(Plans.class).latest("enterprise").orElseThrow(),
                                    product.clock().instant());
                    return product.bean(Ledger.class)
                            .grant(
                                    new NewGrant(
                                            Entry.Type.GRANT,
                                            1_000,
                                            "test",
                                            0,
                                            null,
                                            "For a test"));
                });
        return world;
    }

    /** Somebody else with a seat, and access to no site. */
    public Person addMember(Role role) {
        Person person = somebody(accountId, false);
        insert(
                "INSERT INTO member (account_id, user_id, role) VALUES (?, ?, ?)",
                accountId,
                person.userId(),
                role.key());
        return person;
    }

    /** One of the operator's staff, without a seat anywhere. */
    public Person addOperator() {
        return somebody(null, true);
    }

    private Person somebody(@Nullable UUID seat, boolean isOperator) {
        String email = Product.freshEmail();
        UUID id =
                insert(
                        """
                        INSERT INTO app_user (email, password_hash, is_operator, email_verified_at)
                        VALUES (?, ?, ?, now())
                        """,
                        email,
                        product.passwordHash(),
                        isOperator);
        return new Person(id, email, seat);
    }

    private void addThings() {
        UUID owner = member(Role.OWNER).userId();
        UUID site =
                insert(
                        """
                        INSERT INTO site (account_id, name, slug, domain, industry_id, created_by)
                        VALUES (?, 'World', 'world', 'world.example', 1, ?)
                        """,
                        accountId,
                        owner);
        things.put(Thing.SITE, site);
        things.put(
                Thing.SECTOR,
                insert(
                        """
                        INSERT INTO sector
                            (account_id, site_id, name, slug, industry_id, industry_sector_id)
                        VALUES (?, ?, 'Software', 'software', 1, 101)
                        """,
                        accountId,
                        site));
        for (Role role : Set.of(Role.VIEWER, Role.EDITOR)) {
            insert(
                    """
                    INSERT INTO site_access (account_id, user_id, site_id, granted_by)
                    VALUES (?, ?, ?, ?)
                    """,
                    accountId,
                    member(role).userId(),
                    site,
                    owner);
        }
        things.put(
                Thing.CLUSTER,
                insert(
                        "INSERT INTO cluster (account_id, site_id, name) VALUES (?, ?, 'Clouds')",
                        accountId,
                        site));
        things.put(
                Thing.KEYWORD,
                insert(
                        """
                        INSERT INTO keyword (account_id, site_id, keyword, folded)
                        VALUES (?, ?, 'cloud storage', 'cloud storage')
                        """,
                        accountId,
                        site));
        things.put(
                Thing.UPLOAD,
                insert(
                        """
                        INSERT INTO keyword_upload
                            (account_id, site_id, file_name, content, created_by)
                        VALUES (?, ?, 'keywords.csv', ?, ?)
                        """,
                        accountId,
                        site,
                        "Keyword\nfrom a file\n".getBytes(StandardCharsets.UTF_8),
                        owner));
        things.put(
                Thing.JOB,
                insert(
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
    private void addTraces() {
        insert(
                """
                INSERT INTO ai_call (account_id, job_id, operation, provider, model, quantity,
                    credits, latency_ms, outcome)
                VALUES (?, ?, 'clustering', 'test', 'test', 1, 10, 1, 'succeeded')
                """,
                accountId,
                id(Thing.JOB));
        product.sql()
                .sql(
                        """
                        INSERT INTO idempotent_request (account_id, id, request_hash, answer)
                        VALUES (?, 'key', 'hash', '')
                        """)
                .param(accountId)
                .update();
        inside(
                () -> {
                    product.bean(TenantTransactions.class)
                            .run(
                                    sql ->
                                            product.bean(AuditLog.class)
                                                    .record("world.made", "world", Map.of()));
                    return product.bean(Ledger.class)
                            .hold(10, "clustering", "test", Duration.ofHours(1));
                });
        named.clear();
    }

    private UUID insert(String statement, Object... parameters) {
        return sql().sql(statement + " RETURNING id").params(parameters).query(UUID.class).single();
    }

    public JdbcClient sql() {
        return product.sql();
    }

    public Product product() {
        return product;
    }

    public UUID accountId() {
        return accountId;
    }

    public Person member(Role role) {
        return Objects.requireNonNull(members.get(role));
    }

    /** The id to name in a request; which are named can be asked afterwards. */
    public UUID id(Thing thing) {
        named.add(thing);
        return Objects.requireNonNull(things.get(thing));
    }

    /** What {@link #id} was called with. */
    public Set<Thing> named() {
        return Set.copyOf(named);
    }

    /** The same world, of which nothing was named yet. */
    public World copy() {
        return new World(this);
    }

    /** The same world, seen by somebody who takes another's thing for the one in it. */
    public World with(Thing thing, World other) {
        World mixed = new World(this);
        mixed.things.put(thing, Objects.requireNonNull(other.things.get(thing)));
        return mixed;
    }

    /** All that must not be read by anybody outside: ids and addresses. */
    public Set<String> secrets() {
        Set<String> secrets = new TreeSet<>();
        secrets.add(accountId.toString());
        things.values().forEach(id -> secrets.add(id.toString()));
        members.values().forEach(member -> secrets.add(member.userId().toString()));
        members.values().forEach(member -> secrets.add(member.email()));
        return secrets;
    }

    /** A client of the API, signed in. */
    public Api api(Person person) {
        return product.api().as(tokens(person).access());
    }

    /** A refresh token of a sign-in that nobody else uses. */
    public String refreshToken(Person person) {
        return tokens(person).refresh();
    }

    private RefreshTokens.Pair tokens(Person person) {
        return product.bean(RefreshTokens.class).start(person.user(), person.accountId());
    }

    /** A browser, signed in. */
    public Api browser(Person person) {
        return product.browser(
                product.bean(WebSessions.class)
                        .start(person.user(), person.accountId(), "Test", "127.0.0.1"));
    }

    /** A link, mailed to somebody, that proves they read their mail. */
    public String verificationToken(Person person) {
        String token = UUID.randomUUID().toString();
        sql().sql(
                        """
                        INSERT INTO email_verification (token_hash, user_id, email, expires_at)
                        VALUES (?, ?, ?, now() + interval '1 hour')
                        """)
                .params(hash(token), person.userId(), person.email())
                .update();
        return token;
    }

    private static byte[] hash(String token) {
        try {
            return MessageDigest.getInstance("SHA-256")
                    .digest(token.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    public World suspended() {
        sql().sql("UPDATE account SET status = 'suspended' WHERE id = ?").param(accountId).update();
        return this;
    }

    /** Runs the work on the account, as its owner: for calling front doors without HTTP. */
    public <T, X extends Throwable> T inside(ScopedValue.CallableOp<T, X> work) throws X {
        Person owner = member(Role.OWNER);
        return Tenancy.as(
                new Caller(accountId, owner.userId(), Role.OWNER, Caller.Via.TOKEN), work);
    }

    /** A hash of all rows of the account, by table: every table there is, from the catalogue. */
    public Map<String, String> fingerprint() {
        return sql()
                .sql(product.fingerprintStatement())
                .param("account", accountId)
                .query((row, number) -> Map.entry(row.getString(1), rows(row.getString(2))))
                .list()
                .stream()
                .collect(toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static String rows(@Nullable String hash) {
        return hash == null ? "no rows" : hash;
    }
}
