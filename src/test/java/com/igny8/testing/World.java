package com.igny8.testing;

import static java.util.stream.Collectors.toMap;

import com.igny8.billing.Subscriptions;
import com.igny8.catalog.Plans;
import com.igny8.credit.Entry;
import com.igny8.credit.Ledger;
import com.igny8.credit.NewGrant;
import com.igny8.identity.ApiKey;
import com.igny8.identity.ApiKeys;
import com.igny8.identity.RefreshTokens;
import com.igny8.identity.Tokens;
import com.igny8.identity.User;
import com.igny8.identity.WebSessions;
import com.igny8.tenancy.Caller;
import com.igny8.tenancy.Role;
import com.igny8.tenancy.Scope;
import com.igny8.tenancy.SecretBox;
import com.igny8.tenancy.Tenancy;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

import java.nio.charset.StandardCharsets;
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
        HOLD,
        BUDGET,
        UPLOAD,
        DELETED_SITE,
        DELETED_SECTOR,
        DELETED_CLUSTER,
        DELETED_KEYWORD,
        /** Of a member whom nobody signs in as. */
        USER,
        INVITATION,
        /** The viewer's way into the site. */
        ACCESS,
        /** Twelve characters; the others are UUIDs. */
        API_KEY,
        /** A browser of the owner's. */
        SESSION,
        INVOICE,
        CREDIT_NOTE,
        PAYMENT,
        PAYMENT_METHOD,
        WEBHOOK,
        WEBHOOK_DELIVERY,
        /** The account itself. */
        ACCOUNT
    }

    /**
     * Somebody who can sign in.
     *
     * @param accountId what they act on; null for who has no seat
     */
    public record Person(UUID userId, String email, @Nullable UUID accountId) {
        private User user() {
            return new User(userId, email, "", "", false, true, 0);
        }
    }

    private final Product product;
    private final UUID accountId;
    private final Map<Role, Person> members = new EnumMap<>(Role.class);
    private final Map<Thing, Object> things = new EnumMap<>(Thing.class);
    private final Set<Thing> named = EnumSet.noneOf(Thing.class);
    private @Nullable Person actor;

    private World(Product product, UUID accountId) {
        this.product = product;
        this.accountId = accountId;
    }

    private World(World other) {
        this(other.product, other.accountId);
        members.putAll(other.members);
        things.putAll(other.things);
        actor = other.actor;
    }

    /** One of everything, and of the members the viewer and the editor are let into the site. */
    public static World populated(Product product) {
        World world = empty(product);
        for (Role role : Role.values()) {
            if (role != Role.OWNER) {
                world.members.put(role, world.addMember(role));
            }
        }
        new Furniture(world).moveIn();
        world.named.clear();
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
                .params(accountId, slug(accountId))
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

    /** Offers a seat to somebody new, by a link; the id of the invitation. */
    UUID invite(String token) {
        return insert(
                """
                INSERT INTO invitation (account_id, email, role, token_hash, invited_by, created_at,
                    sent_at, expires_at)
                VALUES (?, ?, 'editor', ?, ?, now(), now() - interval '1 hour',
                    now() + interval '90 days')
                """,
                accountId,
                Product.freshEmail(),
                Tokens.hash(token),
                member(Role.OWNER).userId());
    }

    /** Puts something into the world, to be named from now on. */
    <T> T put(Thing thing, T id) {
        things.put(thing, id);
        return id;
    }

    /** Puts a row in that has an id. */
    public UUID insert(String statement, Object... parameters) {
        return sql().sql(statement + " RETURNING id").params(parameters).query(UUID.class).single();
    }

    public JdbcClient sql() {
        return product.sql();
    }

    /** As the product keeps a secret. */
    public byte[] sealed(String secret) {
        return product.bean(SecretBox.class).seal(secret.getBytes(StandardCharsets.UTF_8));
    }

    public Product product() {
        return product;
    }

    public UUID accountId() {
        return accountId;
    }

    /** What tells accounts apart in addresses; it does not give the id away. */
    public String slug() {
        return slug(accountId);
    }

    private static String slug(UUID accountId) {
        return "world-" + Long.toHexString(accountId.getLeastSignificantBits());
    }

    public Person member(Role role) {
        return Objects.requireNonNull(members.get(role));
    }

    /** The id to name in a request; which are named can be asked afterwards. */
    public Object id(Thing thing) {
        named.add(thing);
        return Objects.requireNonNull(things.get(thing));
    }

    /** The id as operators name it, whosever it is: that is no attempt at another account. */
    public Object idForOperators(Thing thing) {
        return Objects.requireNonNull(things.get(thing));
    }

    /** Whoever came in last as one of the people; the owner, where nobody did. */
    public Person actor() {
        return actor == null ? member(Role.OWNER) : actor;
    }

    /** Says who sends the requests. */
    public void actsAs(Person person) {
        actor = person;
    }

    /** What somebody was mailed or shown. */
    public Proofs proofs() {
        return new Proofs(this);
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
        actsAs(person);
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
        actsAs(person);
        return product.browser(
                product.bean(WebSessions.class)
                        .start(person.user(), person.accountId(), "Test", "127.0.0.1"));
    }

    /** A key of the account's site that may do all that keys may. */
    public String key() {
        return key((UUID) Objects.requireNonNull(things.get(Thing.SITE)));
    }

    /** As {@link #key}, of another site of the account, on which there is nothing. */
    public String keyOfAnotherSite() {
        return key(
                insert(
                        """
                        INSERT INTO site (account_id, name, slug, domain, industry_id, created_by)
                        VALUES (?, 'Other', 'other', 'other.example', 1, ?)
                        """,
                        accountId,
                        member(Role.OWNER).userId()));
    }

    private String key(UUID site) {
        var draft = new ApiKey.Draft("Test", site, EnumSet.allOf(Scope.class), null);
        ApiKey.Issued key = inside(() -> product.bean(ApiKeys.class).create(draft));
        // So that its use is not written down while somebody compares what was there before
        sql().sql("UPDATE api_key SET last_used_at = now() + interval '90 days' WHERE id = ?")
                .param(key.key().id())
                .update();
        return key.text();
    }

    public World suspended() {
        sql().sql("UPDATE account SET status = 'suspended' WHERE id = ?").param(accountId).update();
        return this;
    }

    public World deleted() {
        sql().sql(
                        """
                        UPDATE account SET deleted_at = now(), deleted_by = ?,
                               restore_until = now() + interval '90 days'
                         WHERE id = ?
                        """)
                .params(member(Role.OWNER).userId(), accountId)
                .update();
        return this;
    }

    /** Has whoever is signed in not have shown yet that they read their mail. */
    public World unverified() {
        sql().sql("UPDATE app_user SET email_verified_at = NULL WHERE id = ?")
                .param(actor().userId())
                .update();
        return this;
    }

    /** Has whoever is signed in, if they are an operator, look as the owner. */
    public World lookedAt() {
        sql().sql(
                        """
                        UPDATE web_session SET impersonated_account_id = ?,
                               impersonation_ends_at = now() + interval '90 days'
                         WHERE user_id = ?
                        """)
                .params(accountId, actor().userId())
                .update();
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
