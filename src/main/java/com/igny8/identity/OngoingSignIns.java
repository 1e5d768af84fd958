package com.igny8.identity;

import com.igny8.kernel.Problem;
import com.igny8.tenancy.AccessChanges;
import com.igny8.tenancy.Columns;
import com.igny8.tenancy.PlatformTransactions;
import com.igny8.tenancy.Remembered;

import org.springframework.stereotype.Component;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** Whether a sign-in still goes on, for what outlives the request that came with it. */
@Component
public class OngoingSignIns {
    private static final Duration PRECISION = Duration.ofMinutes(1);
    private static final int MOST_REMEMBERED = 20_000;

    private final PlatformTransactions platform;
    private final Clock clock;
    private final Remembered<SignedIn, Boolean> ongoing;

    OngoingSignIns(PlatformTransactions platform, AccessChanges changes, Clock clock) {
        this.platform = platform;
        this.clock = clock;
        this.ongoing = changes.memory(MOST_REMEMBERED);
    }

    /**
     * Refuses whose session was ended, or renewed so that a copy of its cookie is worth nothing.
     */
    public void require(SignedIn who) {
        if (ongoing.get(who, () -> lookUp(who)).isEmpty()) {
            throw Problem.unauthenticated("sign_in_ended", "You were signed out. Sign in again");
        }
    }

    private Optional<Remembered.Fact<Boolean>> lookUp(SignedIn who) {
        Instant now = clock.instant();
        return isOngoing(who, now)
                ? Optional.of(
                        new Remembered.Fact<>(
                                true,
                                now.plus(PRECISION),
                                Set.of(who.user().id(), who.sessionId())))
                : Optional.empty();
    }

    private boolean isOngoing(SignedIn who, Instant now) {
        return switch (who.via()) {
            case SESSION -> exists(who, now, "web_session WHERE id = :id");
            case IMPERSONATION ->
                    exists(
                            who,
                            now,
                            """
                            web_session WHERE id = :id AND impersonated_account_id = :account
                                AND impersonation_ends_at > :now
                            """);
            case TOKEN -> exists(who, now, "refresh_token WHERE family_id = :id");
            case API_KEY, JOB -> true; // Nobody signed in: the gate looks at the key itself
        };
    }

    private boolean exists(SignedIn who, Instant now, String where) {
        return platform.read(
                jdbc ->
                        jdbc.sql(
                                        "SELECT EXISTS (SELECT FROM "
                                                + where
                                                + " AND revoked_at IS NULL AND expires_at > :now)")
                                .param("id", who.sessionId())
                                .param("account", who.actingAccountId())
                                .param("now", Columns.timestamp(now))
                                .query(Boolean.class)
                                .single());
    }
}
