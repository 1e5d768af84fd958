package com.igny8.billing;

import com.igny8.tenancy.Columns;
import com.igny8.tenancy.PlatformTransactions;

import org.springframework.stereotype.Component;

import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** For the operator: how many are on what. */
@Component
public class Subscribers {
    private final PlatformTransactions platform;

    Subscribers(PlatformTransactions platform) {
        this.platform = platform;
    }

    /** Subscriptions that are not over, by the version of the plan; those with none are absent. */
    public Map<UUID, Long> byPlanVersion() {
        return platform.read(
                jdbc -> {
                    Map<UUID, Long> subscribers = new HashMap<>();
                    jdbc.sql(
                                    """
                                    SELECT plan_version_id, count(*) AS subscribers
                                      FROM subscription WHERE status <> 'canceled'
                                     GROUP BY plan_version_id
                                    """)
                            .query(
                                    row -> {
                                        subscribers.put(
                                                Columns.uuid(row, "plan_version_id"),
                                                row.getLong("subscribers"));
                                    });
                    return subscribers;
                });
    }
}
