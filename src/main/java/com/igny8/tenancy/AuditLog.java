package com.igny8.tenancy;

import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;
import org.springframework.stereotype.Component;

import tools.jackson.databind.json.JsonMapper;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Writes down who did what, in the transaction that does it. */
@Component
public class AuditLog {
    /** Where the request's id, its client's address and its program stand while it is served. */
    public static final String REQUEST_ID = "request_id";

    public static final String CLIENT_ADDRESS = "client_address";
    public static final String USER_AGENT = "user_agent";
    public static final int MAX_USER_AGENT_LENGTH = 200;

    /** Fields whose values are nobody's business, whoever hands them over. */
    private static final Pattern SECRET =
            Pattern.compile("password|secret|token|hash|credential|recovery|^key$|_key$");

    private static final Duration LOOK = Duration.ofHours(1);
    private static final String WITHHELD = "(not shown)";

    private final TenantTransactions transactions;
    private final JsonMapper json;

    AuditLog(TenantTransactions transactions, JsonMapper json) {
        this.transactions = transactions;
        this.json = json;
    }

    /**
     * @param action as {@code site.created}
     * @param target what it was done to, as {@code site:<id>}
     * @param details what there is to know about it; a {@code name} tells what the target is called
     */
    public void record(String action, String target, Map<String, ?> details) {
        write(action, target, details, Map.of());
    }

    /** That somebody looked at something: once an hour, not at each click. */
    public void recordLook(String action, String target) {
        boolean isRecent =
                transactions.read(
                        sql ->
                                sql.statement(
                                                """
                                                SELECT EXISTS (SELECT FROM audit_entry
                                                    WHERE account_id = :account_id
                                                      AND created_at > now() - :seconds
                                                          * interval '1 second'
                                                      AND actor_id = :actor AND action = :action
                                                      AND target = :target)
                                                """)
                                        .param("seconds", LOOK.toSeconds())
                                        .param("actor", Tenancy.caller().userId())
                                        .param("action", action)
                                        .param("target", target)
                                        .query(Boolean.class)
                                        .single());
        if (!isRecent) {
            record(action, target, Map.of());
        }
    }

    /**
     * As {@link #record}, of something that was changed: the fields that differ are written down,
     * before and after; nothing where none does.
     */
    public void recordChange(
            String action,
            String target,
            Map<String, ?> details,
            Map<String, ?> before,
            Map<String, ?> after) {
        Map<String, Change> changes = changes(before, after);
        if (!changes.isEmpty()) {
            write(action, target, details, changes);
        }
    }

    private record Change(@Nullable Object before, @Nullable Object after) {}

    private static Map<String, Change> changes(Map<String, ?> before, Map<String, ?> after) {
        var fields = new TreeSet<>(before.keySet());
        fields.addAll(after.keySet());
        Map<String, Change> changes = new TreeMap<>();
        for (String field : fields) {
            if (!Objects.equals(before.get(field), after.get(field))) {
                changes.put(
                        field,
                        new Change(
                                shown(field, before.get(field)), shown(field, after.get(field))));
            }
        }
        return changes;
    }

    private static @Nullable Object shown(String field, @Nullable Object value) {
        return value != null && SECRET.matcher(field.toLowerCase(Locale.ROOT)).find()
                ? WITHHELD
                : value;
    }

    private void write(
            String action, String target, Map<String, ?> details, Map<String, Change> changes) {
        Caller caller = Tenancy.caller();
        Map<String, Object> shown = new TreeMap<>();
        details.forEach((field, value) -> shown.put(field, shown(field, value)));
        if (caller.apiKeyId() != null) {
            // All keys act as one bot, so the key itself is named beside what it did
            shown.put("api_key", caller.apiKeyId());
        }
        transactions.send(
                message ->
                        message.run(
                                        """
                                        INSERT INTO audit_entry (account_id, actor_id, via, action,
                                            target, details, changes, address, user_agent,
                                            request_id)
                                        VALUES (:account_id, :actor, :via, :action, :target,
                                            :details::jsonb, :changes::jsonb, :address, :user_agent,
                                            :request_id)
                                        """)
                                .param("actor", caller.userId())
                                .param("via", caller.via().name().toLowerCase(Locale.ROOT))
                                .param("action", action)
                                .param("target", target)
                                .param("details", json.writeValueAsString(shown))
                                .param("changes", json.writeValueAsString(changes))
                                .param("address", MDC.get(CLIENT_ADDRESS))
                                .param("user_agent", MDC.get(USER_AGENT))
                                .param("request_id", MDC.get(REQUEST_ID)));
    }
}
