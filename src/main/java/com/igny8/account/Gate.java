package com.igny8.account;

import com.igny8.kernel.Problem;
import com.igny8.tenancy.AccessChanges;
import com.igny8.tenancy.Caller;
import com.igny8.tenancy.Columns;
import com.igny8.tenancy.PlatformTransactions;
import com.igny8.tenancy.Remembered;
import com.igny8.tenancy.Role;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Decides whether somebody may use an account: the one place that does, asked anew by every way in
 * (session, token, job), so that a suspension takes effect at once.
 */
@Component
public class Gate {
    private static final Duration LONGEST = Duration.ofMinutes(5);
    private static final int MOST_REMEMBERED = 20_000;

    private final PlatformTransactions platform;
    private final Clock clock;
    private final Remembered<Seat, Standing> standings;

    Gate(PlatformTransactions platform, AccessChanges changes, Clock clock) {
        this.platform = platform;
        this.clock = clock;
        this.standings = changes.memory(MOST_REMEMBERED);
    }

    private record Seat(UUID userId, UUID accountId) {}

    /**
     * What the gate says.
     *
     * @param caller who comes in; present for a member, refused or not
     * @param refusal why they may not use the account; absent where they may
     */
    public record Verdict(Optional<Caller> caller, Optional<Problem> refusal) {
        static Verdict refused(Problem refusal) {
            return new Verdict(Optional.empty(), Optional.of(refusal));
        }
    }

    private record Standing(
            String role,
            String status,
            boolean isDeleted,
            @Nullable UUID planId,
            boolean planIsActive) {
        boolean hasPlan() {
            return planId != null;
        }
    }

    /** Asks for a user on an account they hold, or think they hold, a seat in. */
    public Verdict ask(UUID userId, @Nullable UUID accountId, Caller.Via via) {
        if (accountId == null) {
            return Verdict.refused(accountMissing());
        }
        Seat seat = new Seat(userId, accountId);
        return standings
                .get(seat, () -> standing(seat).map(standing -> fact(seat, standing)))
                .map(
                        standing ->
                                new Verdict(
                                        Optional.of(
                                                new Caller(
                                                        accountId,
                                                        userId,
                                                        Role.of(standing.role()),
                                                        via)),
                                        refusal(standing)))
                .orElseGet(() -> Verdict.refused(accountMissing()));
    }

    private Remembered.Fact<Standing> fact(Seat seat, Standing standing) {
        UUID planId = standing.planId();
        return new Remembered.Fact<>(
                standing,
                clock.instant().plus(LONGEST),
                planId == null ? Set.of(seat.accountId()) : Set.of(seat.accountId(), planId));
    }

    /** One query over three rooms' tables, on purpose: it is asked at every request. */
    private Optional<Standing> standing(Seat seat) {
        return platform.read(
                jdbc ->
                        jdbc.sql(
                                        """
                                        SELECT member.role, account.status,
                                               account.deleted_at IS NOT NULL AS is_deleted,
                                               plan.id AS plan_id,
                                               coalesce(plan.is_active, false) AS plan_is_active
                                          FROM member
                                          JOIN account ON account.id = member.account_id
                                          LEFT JOIN subscription
                                            ON subscription.account_id = account.id
                                           AND subscription.status <> 'canceled'
                                          LEFT JOIN plan ON plan.id = subscription.plan_id
                                         WHERE member.account_id = :account
                                           AND member.user_id = :user
                                        """)
                                .param("account", seat.accountId())
                                .param("user", seat.userId())
                                .query(
                                        (row, number) ->
                                                new Standing(
                                                        row.getString("role"),
                                                        row.getString("status"),
                                                        row.getBoolean("is_deleted"),
                                                        Columns.uuidOrNull(row, "plan_id"),
                                                        row.getBoolean("plan_is_active")))
                                .optional());
    }

    private static Optional<Problem> refusal(Standing standing) {
        if (standing.isDeleted()) {
            return Optional.of(
                    Problem.forbidden("account_deleted", "This account has been deleted"));
        }
        Problem refusal =
                switch (AccountStatus.of(standing.status())) {
                    case SUSPENDED ->
                            Problem.forbidden(
                                    "account_suspended",
                                    "This account is suspended. Its owner can see billing and pay");
                    case CANCELLED ->
                            Problem.forbidden(
                                    "account_cancelled", "This account has been cancelled");
                    case TRIAL, ACTIVE, PENDING_PAYMENT -> planRefusal(standing);
                };
        return Optional.ofNullable(refusal);
    }

    private static @Nullable Problem planRefusal(Standing standing) {
        if (!standing.hasPlan()) {
            return Problem.of(402, "plan_missing", "This account has no plan");
        }
        return standing.planIsActive()
                ? null
                : Problem.of(402, "plan_inactive", "The plan of this account is not active");
    }

    private static Problem accountMissing() {
        return Problem.forbidden("account_missing", "You have no seat in this account");
    }
}
