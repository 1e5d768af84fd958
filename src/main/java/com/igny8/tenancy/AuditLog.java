package com.igny8.tenancy;

import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;
import org.springframework.stereotype.Component;

import tools.jackson.databind.json.JsonMapper;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Writes down who did what, in the transaction that does it. */
@Component
public class AuditLog {
    /** Where the request's id and its client's address stand while it is served. */
    public static final String REQUEST_ID = "request_id";

    public static final String CLIENT_ADDRESS = "client_address";

    private final TenantTransactions transactions;
    private final JsonMapper json;

    AuditLog(TenantTransactions transactions, JsonMapper json) {
        this.transactions = transactions;
        this.json = json;
    }

    /**
     * @param action as {@code site.created}
     * @param target what it was done to, as {@code site:<id>}
     * @param details what changed; no secrets
     */
    public void record(String action, String target, Map<String, ?> details) {
        Caller caller = Tenancy.caller();
        transactions.run(
                sql ->
                        sql.statement(
                                        """
                                        INSERT INTO audit_entry (account_id, actor_id, via, action,
                                            target, details, address, request_id)
                                        VALUES (:account_id, :actor, :via, :action,
                                            :target, :details::jsonb, :address, :request_id)
                                        """)
                                .param("actor", caller.userId())
                                .param("via", caller.via().name().toLowerCase(Locale.ROOT))
                                .param("action", action)
                                .param("target", target)
                                .param("details", json.writeValueAsString(withKey(details, caller)))
                                .param("address", mdc(CLIENT_ADDRESS))
                                .param("request_id", mdc(REQUEST_ID))
                                .update());
    }

    /** All keys act as one bot, so the key itself is named beside what it did. */
    private static Map<String, ?> withKey(Map<String, ?> details, Caller caller) {
        String apiKeyId = caller.apiKeyId();
        if (apiKeyId == null) {
            return details;
        }
        Map<String, Object> named = new TreeMap<>(details);
        named.put("api_key", apiKeyId);
        return named;
    }

    private static @Nullable String mdc(String key) {
        return MDC.get(key);
    }
}
