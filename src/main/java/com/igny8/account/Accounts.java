package com.igny8.account;

import com.igny8.identity.User;
import com.igny8.kernel.Page;
import com.igny8.kernel.PageRequest;
import com.igny8.kernel.PlainText;
import com.igny8.kernel.Problem;
import com.igny8.kernel.Slug;
import com.igny8.tenancy.AccessChanges;
import com.igny8.tenancy.AccountSql;
import com.igny8.tenancy.Columns;
import com.igny8.tenancy.PagedSelect;
import com.igny8.tenancy.PlatformTransactions;
import com.igny8.tenancy.Remembered;
import com.igny8.tenancy.Role;
import com.igny8.tenancy.Tenancy;
import com.igny8.tenancy.TenantTransactions;

import org.intellij.lang.annotations.Language;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** The tenants and the seats in them. */
@Component
public class Accounts {
    public static final int MAX_NAME_LENGTH = 120;

    private static final int MOST_REMEMBERED = 20_000;

    private final PlatformTransactions platform;
    private final TenantTransactions tenants;
    private final Remembered<UUID, Account> known;
    private final ApplicationEventPublisher events;

    Accounts(
            PlatformTransactions platform,
            TenantTransactions tenants,
            AccessChanges changes,
            ApplicationEventPublisher events) {
        this.platform = platform;
        this.tenants = tenants;
        this.known = changes.memory(MOST_REMEMBERED);
        this.events = events;
    }

    /** Opens an account with its owner's seat, in the transaction that is there. */
    public Account open(
            String name, AccountStatus status, User owner, @Nullable Instant trialEndsAt) {
        if (!isName(name)) {
            throw Problem.invalid(
                    "account_name", "Must have 1 to " + MAX_NAME_LENGTH + " plain characters");
        }
        return platform.write(
                jdbc ->
                        Slug.claim(
                                Slug.of(name, "account"),
                                slug ->
                                        insert(
                                                jdbc,
                                                new Opening(
                                                        name.strip(), slug, status, trialEndsAt),
                                                owner,
                                                false)));
    }

    static boolean isName(String name) {
        return PlainText.isFilled(name, MAX_NAME_LENGTH);
    }

    /**
     * The operator's own account, on which what operators do is written down: opened where there is
     * none yet. The database allows one.
     */
    public Account system(User owner) {
        return platform.write(
                jdbc ->
                        jdbc.sql("SELECT * FROM account WHERE is_system")
                                .query(Accounts::account)
                                .optional()
                                .orElseGet(() -> openSystem(jdbc, owner)));
    }

    private static Account openSystem(JdbcClient jdbc, User owner) {
        return Slug.claim(
                new Slug("igny8"),
                slug ->
                        insert(
                                jdbc,
                                new Opening("IGNY8", slug, AccountStatus.ACTIVE, null),
                                owner,
                                true));
    }

    private record Opening(
            String name, Slug slug, AccountStatus status, @Nullable Instant trialEndsAt) {}

    /** The account and its owner's seat; nothing where the slug is taken. */
    private static Optional<Account> insert(
            JdbcClient jdbc, Opening opening, User owner, boolean isSystem) {
        Optional<Account> account =
                jdbc.sql(
                                """
                                INSERT INTO account (name, slug, status, contact_email,
                                    trial_ends_at, is_system)
                                VALUES (:name, :slug, :status, :email, :trial_ends_at, :is_system)
                                ON CONFLICT (slug) DO NOTHING
                                RETURNING *
                                """)
                        .param("name", opening.name())
                        .param("slug", opening.slug().value())
                        .param("status", opening.status().key())
                        .param("email", owner.email())
                        .param("trial_ends_at", Columns.timestamp(opening.trialEndsAt()))
                        .param("is_system", isSystem)
                        .query(Accounts::account)
                        .optional();
        account.ifPresent(
                opened ->
                        jdbc.sql(
                                        """
                                        INSERT INTO member (account_id, user_id, role)
                                        VALUES (:account, :user, 'owner')
                                        """)
                                .param("account", opened.id())
                                .param("user", owner.id())
                                .update());
        return account;
    }

    /**
     * The account somebody acts on when they sign in: the one they chose last, or their oldest
     * seat; one that is closed only where there is no other.
     */
    public Optional<UUID> firstSeat(UUID userId) {
        return platform.query(
                jdbc ->
                        jdbc.sql(
                                        """
                                        SELECT account_id FROM member
                                          JOIN account ON account.id = account_id
                                         WHERE user_id = :user
                                         ORDER BY deleted_at IS NULL AND status <> 'cancelled' DESC,
                                                  last_used_at DESC NULLS LAST,
                                                  member.created_at, member.id
                                         LIMIT 1
                                        """)
                                .param("user", userId)
                                .query(UUID.class)
                                .optional());
    }

    /** The account that is bound. */
    public Account current() {
        UUID id = Tenancy.accountId();
        return known.get(id, this::lookUp).orElseThrow(() -> Problem.notFound("Account"));
    }

    private Optional<Remembered.Fact<Account>> lookUp() {
        return tenants.query(
                        sql ->
                                sql.statement("SELECT * FROM account WHERE id = :account_id")
                                        .query(Accounts::account)
                                        .optional())
                .map(account -> new Remembered.Fact<>(account, Instant.MAX, Set.of(account.id())));
    }

    /** Whether the account that is bound is the operator's own. */
    public boolean isOperators() {
        return tenants.query(
                sql ->
                        sql.statement("SELECT is_system FROM account WHERE id = :account_id")
                                .query(Boolean.class)
                                .single());
    }

    /** Any account, for those who may see all. */
    public Account get(UUID id) {
        return platform.read(
                        jdbc ->
                                jdbc.sql("SELECT * FROM account WHERE id = :id")
                                        .param("id", id)
                                        .query(Accounts::account)
                                        .optional())
                .orElseThrow(() -> Problem.notFound("Account"));
    }

    /** A customer's account, for the operator; their own is none. */
    public Account customer(UUID id) {
        return platform.read(
                        jdbc ->
                                jdbc.sql("SELECT * FROM account WHERE id = :id AND NOT is_system")
                                        .param("id", id)
                                        .query(Accounts::account)
                                        .optional())
                .orElseThrow(() -> Problem.notFound("Account"));
    }

    /** For the operator: who has a seat in an account, strongest first. */
    public List<SeatHolder> seats(UUID accountId) {
        return platform.read(
                jdbc ->
                        jdbc
                                .sql(
                                        """
                                        SELECT email, first_name, last_name, role,
                                               member.created_at
                                          FROM member JOIN app_user ON app_user.id = user_id
                                         WHERE account_id = :account
                                        """)
                                .param("account", accountId)
                                .query(Accounts::seat)
                                .stream()
                                .sorted(Comparator.comparing(SeatHolder::role).reversed())
                                .toList());
    }

    private static SeatHolder seat(ResultSet row, int number) throws SQLException {
        return new SeatHolder(
                row.getString("email"),
                (row.getString("first_name") + " " + row.getString("last_name")).strip(),
                Role.of(row.getString("role")),
                Columns.instant(row, "created_at"));
    }

    /** Shuts the bound account to all who use it, at once; 409 where it is not in use. */
    public Account suspend(String reason) {
        return change(
                        """
                        UPDATE account SET status = 'suspended', suspended_reason = :reason
                         WHERE id = :account_id AND NOT is_system AND deleted_at IS NULL
                           AND status IN ('trial', 'active', 'pending_payment')
                        """,
                        Map.of("reason", reason))
                .orElseThrow(
                        () ->
                                Problem.conflict(
                                        "not_in_use",
                                        "Only an account that is in use can be suspended"));
    }

    /** Opens the bound account again; 409 where it is not suspended. */
    public Account reinstate() {
        return change(
                        """
                        UPDATE account SET status = 'active', suspended_reason = NULL
                         WHERE id = :account_id AND deleted_at IS NULL AND status = 'suspended'
                        """,
                        Map.of())
                .orElseThrow(
                        () ->
                                Problem.conflict(
                                        "not_suspended",
                                        "Only a suspended account can be reinstated"));
    }

    /** What the bound account owed is paid: it is in use, unless it was closed for good. */
    public void activate() {
        switch (lockedStatus()) {
            case ACTIVE, CANCELLED -> {}
            case PENDING_PAYMENT, TRIAL, SUSPENDED -> {
                var _ =
                        change(
                                """
                                UPDATE account SET status = 'active', trial_ends_at = NULL,
                                       suspended_reason = NULL
                                 WHERE id = :account_id AND deleted_at IS NULL
                                """,
                                Map.of());
            }
        }
    }

    /** The bound account is over: its subscription came to its end. */
    public void close() {
        var _ =
                change(
                        """
                        UPDATE account SET status = 'cancelled', trial_ends_at = NULL
                         WHERE id = :account_id AND NOT is_system AND status <> 'cancelled'
                        """,
                        Map.of());
    }

    /** Nothing where the account is none that the statement is for. */
    private Optional<Account> change(
            @Language("SQL") String statement, Map<String, String> parameters) {
        return tenants.write(
                sql -> {
                    Optional<AccountStatusChanged> changed =
                            sql.statement(statement + " RETURNING account.*, old.status AS was")
                                    .params(parameters)
                                    .query(Accounts::changed)
                                    .optional();
                    changed.ifPresent(
                            change -> {
                                sql.changed(AccountStatus.class, change.account().status());
                                events.publishEvent(change);
                            });
                    return changed.map(AccountStatusChanged::account);
                });
    }

    private static AccountStatusChanged changed(ResultSet row, int number) throws SQLException {
        return new AccountStatusChanged(
                account(row, number), AccountStatus.of(row.getString("was")));
    }

    /** For the operator: accounts whose name, slug or contact matches, youngest first. */
    public Page<Account> search(PageRequest page) {
        var found =
                new PagedSelect(
                        "SELECT *",
                        """
                         FROM account WHERE NOT is_system AND (:pattern::text IS NULL
                            OR name ILIKE :pattern OR slug ILIKE :pattern
                            OR contact_email ILIKE :pattern)
                        """,
                        "created_at DESC, id DESC");
        return platform.read(jdbc -> found.read(jdbc::sql, page, Accounts::account));
    }

    /**
     * Takes the account's lock until the transaction ends: whoever counts against a limit and then
     * adds does both under it, or two could take the last place.
     */
    public void lockForLimits() {
        tenants.run(Accounts::lock);
    }

    /**
     * Takes the same lock as {@link #lockForLimits}. Whoever moves the money of an account, or
     * changes what it agreed to pay for, takes it before any other: see decision 013.
     */
    public static void lock(AccountSql sql) {
        var _ = lockedStatus(sql);
    }

    private static AccountStatus lockedStatus(AccountSql sql) {
        return sql.once(
                AccountStatus.class,
                () ->
                        AccountStatus.of(
                                sql.statement(
                                                """
                                                SELECT status FROM account
                                                 WHERE id = :account_id FOR NO KEY UPDATE
                                                """)
                                        .query(String.class)
                                        .single()));
    }

    /** How the bound account stands, and stays until the transaction ends: takes its lock. */
    public AccountStatus lockedStatus() {
        return tenants.write(Accounts::lockedStatus);
    }

    /** Where those read who work for the operator. */
    public List<String> operatorEmails() {
        return platform.read(
                jdbc ->
                        jdbc.sql(
                                        """
                                        SELECT email FROM app_user WHERE is_operator AND is_active
                                         ORDER BY id
                                        """)
                                .query((row, number) -> row.getString("email"))
                                .list());
    }

    static Account account(ResultSet row, int number) throws SQLException {
        return new Account(
                Columns.uuid(row, "id"),
                row.getString("name"),
                row.getString("slug"),
                AccountStatus.of(row.getString("status")),
                row.getString("contact_email"),
                row.getString("suspended_reason"),
                Columns.instantOrNull(row, "trial_ends_at"),
                Columns.instant(row, "created_at"),
                row.getInt("retention_days"),
                Columns.instantOrNull(row, "restore_until"));
    }
}
