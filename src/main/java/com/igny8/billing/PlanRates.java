package com.igny8.billing;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.igny8.http.AgreedLimits;
import com.igny8.tenancy.Columns;
import com.igny8.tenancy.PlatformTransactions;

import org.springframework.stereotype.Component;

import java.time.Duration;
import java.util.UUID;

/** What accounts may do a minute by the terms of the plan they are on; looked up now and then. */
@Component
class PlanRates implements AgreedLimits {
    private static final int MAX_REMEMBERED = 50_000;
    private static final Duration HOW_OLD_AT_MOST = Duration.ofSeconds(30);

    private final PlatformTransactions platform;
    private final Cache<UUID, Rates> remembered =
            Caffeine.newBuilder()
                    .maximumSize(MAX_REMEMBERED)
                    .expireAfterWrite(HOW_OLD_AT_MOST)
                    .build();

    PlanRates(PlatformTransactions platform) {
        this.platform = platform;
    }

    @Override
    public Rates of(UUID accountId) {
        return remembered.get(accountId, this::find);
    }

    private Rates find(UUID accountId) {
        return platform.read(
                jdbc ->
                        jdbc.sql(
                                        """
                                        SELECT reads_per_minute, writes_per_minute, ai_per_minute,
                                               credits_per_minute
                                          FROM subscription
                                          JOIN plan_version
                                            ON plan_version.id = subscription.plan_version_id
                                         WHERE account_id = :account AND status <> 'canceled'
                                        """)
                                .param("account", accountId)
                                .query(
                                        (row, number) ->
                                                new Rates(
                                                        Columns.integerOrNull(
                                                                row, "reads_per_minute"),
                                                        Columns.integerOrNull(
                                                                row, "writes_per_minute"),
                                                        Columns.integerOrNull(row, "ai_per_minute"),
                                                        Columns.integerOrNull(
                                                                row, "credits_per_minute")))
                                .optional()
                                .orElse(Rates.USUAL));
    }
}
