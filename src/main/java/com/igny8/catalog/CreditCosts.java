package com.igny8.catalog;

import com.igny8.tenancy.Columns;
import com.igny8.tenancy.PlatformTransactions;

import org.springframework.stereotype.Component;

import java.time.Clock;
import java.util.EnumMap;
import java.util.Map;

/** What operations cost, as it stands in the table that operators edit. */
@Component
public class CreditCosts {
    private final PlatformTransactions platform;
    private final Clock clock;

    CreditCosts(PlatformTransactions platform, Clock clock) {
        this.platform = platform;
        this.clock = clock;
    }

    /**
     * The credits for a quantity, at the cost in force now.
     *
     * @param quantity keywords, words, images …: what the operation's unit counts
     */
    public long of(Operation operation, long quantity) {
        long perUnit =
                platform.read(
                        jdbc ->
                                jdbc.sql(
                                                """
                                                SELECT credits FROM credit_cost
                                                 WHERE operation = :operation
                                                   AND effective_from <= :now
                                                 ORDER BY effective_from DESC LIMIT 1
                                                """)
                                        .param("operation", operation.key())
                                        .param("now", Columns.timestamp(clock.instant()))
                                        .query(Long.class)
                                        .single());
        return Math.multiplyExact(perUnit, operation.units(quantity));
    }

    /** What a unit of each operation costs now. */
    public Map<Operation, Long> now() {
        Map<Operation, Long> costs = new EnumMap<>(Operation.class);
        platform.read(
                        jdbc ->
                                jdbc.sql(
                                                """
                                                SELECT DISTINCT ON (operation) operation, credits
                                                  FROM credit_cost WHERE effective_from <= :now
                                                 ORDER BY operation, effective_from DESC
                                                """)
                                        .param("now", Columns.timestamp(clock.instant()))
                                        .query(
                                                (row, number) ->
                                                        Map.entry(
                                                                Operation.of(
                                                                        row.getString("operation")),
                                                                row.getLong("credits")))
                                        .list())
                .forEach(cost -> costs.put(cost.getKey(), cost.getValue()));
        return costs;
    }
}
