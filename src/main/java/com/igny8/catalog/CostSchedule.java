package com.igny8.catalog;

import com.igny8.kernel.FieldErrors;
import com.igny8.kernel.Problem;
import com.igny8.tenancy.AuditLog;
import com.igny8.tenancy.Columns;
import com.igny8.tenancy.PlatformTransactions;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * For operators: what operations cost, did and will. What was in force once stays, because what was
 * charged rests on it.
 */
@Component
public class CostSchedule {
    private static final long MAX_CREDITS = 1_000_000;
    private static final Duration FURTHEST = Duration.ofDays(3_660);

    private static final String SELECT =
            """
            SELECT id, operation, credits, effective_from,
                   CASE WHEN effective_from > :now THEN 'SCHEDULED'
                        WHEN EXISTS (SELECT FROM credit_cost later
                                      WHERE later.operation = credit_cost.operation
                                        AND later.effective_from <= :now
                                        AND later.effective_from > credit_cost.effective_from)
                        THEN 'PAST' ELSE 'IN_FORCE' END AS standing
              FROM credit_cost
            """;

    private final PlatformTransactions platform;
    private final AuditLog auditLog;
    private final Clock clock;

    CostSchedule(PlatformTransactions platform, AuditLog auditLog, Clock clock) {
        this.platform = platform;
        this.auditLog = auditLog;
        this.clock = clock;
    }

    /** All, operation by operation, the latest first. */
    public List<CreditCost> all() {
        Instant now = clock.instant();
        return platform.read(
                jdbc ->
                        jdbc.sql(SELECT + " ORDER BY operation, effective_from DESC")
                                .param("now", Columns.timestamp(now))
                                .query(
                                        (row, number) ->
                                                new CreditCost(
                                                        Columns.uuid(row, "id"),
                                                        Operation.of(row.getString("operation")),
                                                        row.getLong("credits"),
                                                        Columns.instant(row, "effective_from"),
                                                        CreditCost.Standing.valueOf(
                                                                row.getString("standing"))))
                                .list());
    }

    /**
     * Sets what a unit costs from a moment on.
     *
     * @param from at once where null
     */
    public CreditCost schedule(Operation operation, long credits, @Nullable Instant from) {
        Instant now = clock.instant();
        Instant begin = from == null ? now : from;
        new FieldErrors()
                .require(
                        credits >= 0 && credits <= MAX_CREDITS,
                        "credits",
                        "Must be between 0 and 1,000,000")
                .require(
                        !begin.isBefore(now),
                        "effective_from",
                        "Must not be in the past: what was charged stays as it was")
                .require(
                        begin.isBefore(now.plus(FURTHEST)),
                        "effective_from",
                        "Must be within ten years")
                .throwIfAny();
        return platform.write(
                jdbc -> {
                    UUID id =
                            jdbc.sql(
                                            """
                                            INSERT INTO credit_cost (operation, unit, credits,
                                                effective_from, scheduled_at)
                                            SELECT :operation, min(unit), :credits, :begin, :now
                                              FROM credit_cost WHERE operation = :operation
                                            ON CONFLICT (operation, effective_from) DO NOTHING
                                            RETURNING id
                                            """)
                                    .param("operation", operation.key())
                                    .param("credits", credits)
                                    .param("begin", Columns.timestamp(begin))
                                    .param("now", Columns.timestamp(now))
                                    .query(UUID.class)
                                    .optional()
                                    .orElseThrow(CostSchedule::taken);
                    auditLog.record(
                            "credit_cost.scheduled",
                            "credit_cost:" + id,
                            Map.of(
                                    "name",
                                    operation.label(),
                                    "credits",
                                    credits,
                                    "effective_from",
                                    begin));
                    return get(id);
                });
    }

    private static Problem taken() {
        return Problem.conflict(
                "cost_scheduled", "Another cost begins at that moment: withdraw it first");
    }

    private CreditCost get(UUID id) {
        return all().stream()
                .filter(cost -> cost.id().equals(id))
                .findFirst()
                .orElseThrow(() -> Problem.notFound("Credit cost"));
    }

    /** Takes back one that is not in force yet. */
    public void withdraw(UUID id) {
        platform.run(
                jdbc -> {
                    CreditCost cost = get(id);
                    int withdrawn =
                            jdbc.sql(
                                            """
                                            DELETE FROM credit_cost
                                             WHERE id = :id AND effective_from > :now
                                            """)
                                    .param("id", id)
                                    .param("now", Columns.timestamp(clock.instant()))
                                    .update();
                    if (withdrawn == 0) {
                        throw Problem.conflict(
                                "cost_in_force",
                                "This cost is or was in force, so it stays. Schedule another");
                    }
                    auditLog.record(
                            "credit_cost.withdrawn",
                            "credit_cost:" + id,
                            Map.of("name", cost.operation().label(), "credits", cost.credits()));
                });
    }
}
