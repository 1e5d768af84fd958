package com.igny8.credit;

import com.igny8.kernel.Choice;
import com.igny8.kernel.Days;
import com.igny8.kernel.Problem;
import com.igny8.tenancy.Columns;
import com.igny8.tenancy.PlatformTransactions;
import com.igny8.tenancy.Tenancy;
import com.igny8.tenancy.TenantTransactions;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/** What the bound account used credits for: deductions, less what of them was given back. */
@Component
class Usage {
    private static final int DEFAULT_DAYS = 30;

    /** As many days as anybody looks at, and as few months of the ledger as that takes. */
    private static final int MAX_DAYS = 366;

    private final TenantTransactions transactions;
    private final PlatformTransactions platform;
    private final Clock clock;

    Usage(TenantTransactions transactions, PlatformTransactions platform, Clock clock) {
        this.transactions = transactions;
        this.platform = platform;
        this.clock = clock;
    }

    /** What it is counted by. */
    enum By {
        DAY("to_char(created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD')"),
        OPERATION("coalesce(operation, '')"),
        SITE("coalesce(site_id::text, '')"),
        MEMBER("coalesce(user_id::text, '')");

        private final String column;

        By(String column) {
            this.column = column;
        }

        private String key() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** By day where nothing else is asked for; 400 for what it is not counted by. */
        static By of(@Nullable String key) {
            return Choice.of("by", key, values(), By::key).orElse(DAY);
        }
    }

    /**
     * A part of it.
     *
     * @param key the day, operation, or id; empty for what belongs to none
     * @param label for people
     */
    record Part(String key, String label, long credits, long entries) {}

    /** The days asked for; without any, the last {@value #DEFAULT_DAYS}. */
    Days days(@Nullable LocalDate from, @Nullable LocalDate to) {
        Days asked = Days.of(from, to);
        LocalDate last =
                to == null ? clock.instant().atOffset(ZoneOffset.UTC).toLocalDate() : asked.to();
        LocalDate monthAgo = last.minusDays(DEFAULT_DAYS - 1);
        boolean isShort = from == null && monthAgo.isAfter(asked.from());
        Days days = new Days(isShort ? monthAgo : asked.from(), last);
        if (days.from().plusDays(MAX_DAYS).isBefore(days.to())) {
            throw Problem.invalid("to", "Must be at most " + MAX_DAYS + " days after from");
        }
        return days;
    }

    /** Days in their order, everything else by what it used. */
    List<Part> by(By by, Days days) {
        Map<String, String> names = names(by);
        return transactions.read(
                sql ->
                        sql.statement(
                                        """
                                        SELECT %s AS key, (-sum(amount))::bigint AS credits,
                                               count(*) FILTER (WHERE type = 'deduction') AS entries
                                          FROM credit_entry
                                         WHERE account_id = :account_id
                                           AND created_at >= :from AND created_at < :to
                                           AND type IN ('deduction', 'refund')
                                         GROUP BY key ORDER BY %s
                                        """
                                                .formatted(
                                                        by.column,
                                                        by == By.DAY ? "key" : "credits DESC, key"))
                                .param("from", Columns.timestamp(days.start()))
                                .param("to", Columns.timestamp(days.end()))
                                .query(
                                        (row, number) -> {
                                            String key = row.getString("key");
                                            return new Part(
                                                    key,
                                                    label(by, key, names),
                                                    row.getLong("credits"),
                                                    row.getLong("entries"));
                                        })
                                .list());
    }

    private static String label(By by, String key, Map<String, String> names) {
        return switch (by) {
            case DAY -> key;
            case OPERATION ->
                    key.isEmpty()
                            ? "Other"
                            : key.substring(0, 1).toUpperCase(Locale.ROOT)
                                    + key.substring(1).replace('_', ' ');
            case SITE -> key.isEmpty() ? "No site" : names.getOrDefault(key, "Former site");
            case MEMBER ->
                    key.isEmpty()
                            ? "IGNY8"
                            : names.getOrDefault(key, "API keys and former members");
        };
    }

    private Map<String, String> names(By by) {
        return switch (by) {
            case DAY, OPERATION -> Map.of();
            case SITE -> siteNames();
            case MEMBER -> memberNames();
        };
    }

    /** By id. */
    Map<String, String> siteNames() {
        return transactions.read(
                sql -> {
                    Map<String, String> names = new HashMap<>();
                    sql.statement(
                                    "SELECT id, name FROM site WHERE account_id = :account_id AND deleted_at IS NULL")
                            .query(
                                    row -> {
                                        names.put(
                                                Columns.uuid(row, "id").toString(),
                                                row.getString("name"));
                                    });
                    return names;
                });
    }

    /** By id; users are the platform's, so it is asked for those with a seat here. */
    Map<String, String> memberNames() {
        UUID accountId = Tenancy.accountId();
        return platform.read(
                jdbc -> {
                    Map<String, String> names = new HashMap<>();
                    jdbc.sql(
                                    """
                                    SELECT app_user.id, email
                                      FROM member JOIN app_user ON app_user.id = member.user_id
                                     WHERE member.account_id = :account
                                    """)
                            .param("account", accountId)
                            .query(
                                    row -> {
                                        names.put(
                                                Columns.uuid(row, "id").toString(),
                                                row.getString("email"));
                                    });
                    return names;
                });
    }
}
