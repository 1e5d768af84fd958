package com.igny8.audit;

import com.igny8.identity.Device;
import com.igny8.identity.User;
import com.igny8.identity.Users;
import com.igny8.kernel.Cursor;
import com.igny8.kernel.CursorPage;
import com.igny8.kernel.NetworkAddress;
import com.igny8.tenancy.Columns;
import com.igny8.tenancy.PlatformTransactions;
import com.igny8.tenancy.SecurityEvents;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;

/** What concerned the sign-in of people: one's own for everybody, all of it for operators. */
@Component
public class SecurityHistory {
    private static final int OWN = 50;

    private final PlatformTransactions platform;
    private final SecurityEvents events;
    private final Users users;

    SecurityHistory(PlatformTransactions platform, SecurityEvents events, Users users) {
        this.platform = platform;
        this.events = events;
        this.users = users;
    }

    /**
     * Something that happened.
     *
     * @param event as {@code sign_in.failed}
     * @param whom it concerned; an address that somebody typed is masked
     */
    public record Happening(
            UUID id,
            Instant at,
            String event,
            String whom,
            @Nullable String address,
            @Nullable String userAgent) {
        /** What happened, to be read. */
        public String sentence() {
            return SecurityDeeds.of(event);
        }

        /** From where, to be read; null where nobody knows. */
        public @Nullable String place() {
            return NetworkAddress.inWords(address);
        }

        /** With what, to be read; null where nobody knows. */
        public @Nullable String device() {
            return userAgent == null ? null : Device.inWords(userAgent);
        }
    }

    /** The latest of a person: what they did themselves, and what others tried on their address. */
    List<Happening> of(User user) {
        return platform.read(
                jdbc ->
                        jdbc.sql(
                                        """
                                        SELECT id, created_at, event, subject, address, user_agent
                                          FROM security_event
                                         WHERE user_id = :user OR email_fingerprint = :email
                                        UNION ALL
                                        SELECT id, created_at, action, target, address, user_agent
                                          FROM audit_entry
                                         WHERE actor_id = :user AND action LIKE 'user.%'
                                         ORDER BY created_at DESC, id DESC LIMIT :most
                                        """)
                                .param("user", user.id())
                                .param("email", events.fingerprint(user.email()))
                                .param("most", OWN)
                                .query(SecurityHistory::happening)
                                .list());
    }

    private static Happening happening(ResultSet row, int number) throws SQLException {
        return new Happening(
                Columns.uuid(row, "id"),
                Columns.instant(row, "created_at"),
                row.getString("event"),
                row.getString("subject"),
                row.getString("address"),
                row.getString("user_agent"));
    }

    /**
     * For the operator, newest first.
     *
     * @param event what alone is asked for; null for everything
     * @param email whose alone; null for everybody's
     */
    public CursorPage<Happening> page(
            @Nullable String event, @Nullable String email, @Nullable Cursor cursor, int size) {
        boolean isTowardsNewer = Cursor.Direction.of(cursor) == Cursor.Direction.NEWER;
        String place =
                cursor == null
                        ? ""
                        : " AND (created_at, id) %s (:at, :id::uuid)"
                                .formatted(isTowardsNewer ? ">" : "<");
        String statement =
                """
                SELECT * FROM security_event
                 WHERE (:event::text IS NULL OR event = :event)
                   AND (:email::text IS NULL OR email_fingerprint = :email OR user_id = :user)
                """
                        + place
                        + " ORDER BY created_at %1$s, id %1$s LIMIT :limit"
                                .formatted(isTowardsNewer ? "ASC" : "DESC");
        List<Row> found =
                platform.read(
                        jdbc ->
                                jdbc.sql(statement)
                                        .param("event", event)
                                        .param(
                                                "email",
                                                email == null ? null : events.fingerprint(email))
                                        .param(
                                                "user",
                                                email == null
                                                        ? null
                                                        : users.find(email)
                                                                .map(User::id)
                                                                .orElse(null))
                                        .param(
                                                "at",
                                                Columns.timestamp(
                                                        cursor == null ? null : cursor.at()))
                                        .param("id", cursor == null ? null : cursor.id())
                                        .param("limit", size + 1)
                                        .query(SecurityHistory::row)
                                        .list());
        return CursorPage.of(
                named(found), size, cursor, Happening::at, happening -> happening.id().toString());
    }

    private record Row(Happening happening, @Nullable UUID userId) {}

    private static Row row(ResultSet row, int number) throws SQLException {
        return new Row(happening(row, number), Columns.uuidOrNull(row, "user_id"));
    }

    private List<Happening> named(List<Row> rows) {
        Map<UUID, User> people =
                users.byId(
                        rows.stream()
                                .map(Row::userId)
                                .filter(Objects::nonNull)
                                .collect(Collectors.toSet()));
        return rows.stream().map(row -> named(row, people)).toList();
    }

    private static Happening named(Row row, Map<UUID, User> people) {
        Happening found = row.happening();
        User person = row.userId() == null ? null : people.get(row.userId());
        return person == null
                ? found
                : new Happening(
                        found.id(),
                        found.at(),
                        found.event(),
                        person.email(),
                        found.address(),
                        found.userAgent());
    }
}
