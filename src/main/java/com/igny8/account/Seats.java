package com.igny8.account;

import com.igny8.kernel.Problem;
import com.igny8.tenancy.Columns;
import com.igny8.tenancy.PlatformTransactions;
import com.igny8.tenancy.Role;

import org.springframework.stereotype.Component;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.UUID;

/** The accounts somebody may act on: what belongs to a person, across accounts. */
@Component
public class Seats {
    private final PlatformTransactions platform;
    private final Clock clock;

    Seats(PlatformTransactions platform, Clock clock) {
        this.platform = platform;
        this.clock = clock;
    }

    /** All of somebody's seats, by the name of the account. */
    public List<Seat> of(UUID userId) {
        return platform.read(
                jdbc ->
                        jdbc.sql(
                                        """
                                        SELECT account.id, name, slug, role,
                                               CASE WHEN deleted_at IS NULL THEN status
                                                    ELSE 'deleted' END AS status
                                          FROM member JOIN account ON account.id = account_id
                                         WHERE user_id = :user
                                         ORDER BY lower(name), account.id
                                        """)
                                .param("user", userId)
                                .query(Seats::seat)
                                .list());
    }

    /** Remembers what somebody chose to act on; 404 where they hold no seat. */
    public Seat choose(UUID userId, UUID accountId) {
        platform.run(
                jdbc ->
                        jdbc.sql(
                                        """
                                        UPDATE member SET last_used_at = :now
                                         WHERE user_id = :user AND account_id = :account
                                        """)
                                .param("now", Columns.timestamp(clock.instant()))
                                .param("user", userId)
                                .param("account", accountId)
                                .update());
        return of(userId).stream()
                .filter(seat -> seat.accountId().equals(accountId))
                .findFirst()
                .orElseThrow(() -> Problem.notFound("Account"));
    }

    private static Seat seat(ResultSet row, int number) throws SQLException {
        return new Seat(
                Columns.uuid(row, "id"),
                row.getString("name"),
                row.getString("slug"),
                row.getString("status"),
                Role.of(row.getString("role")));
    }
}
