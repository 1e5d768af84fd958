package com.igny8.tenancy;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import com.igny8.kernel.Problem;

import org.springframework.context.annotation.Bean;
import org.springframework.stereotype.Component;

import tools.jackson.databind.json.JsonMapper;

import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Does what a key names once. The first answer is stored in the very transaction that does the
 * work, so that a crash leaves both or neither; a second request waits for the first and gets its
 * answer. Refusals are not stored: what was wrong may be put right under the same key.
 *
 * <p>A key is its sender's own: two who happen to choose the same neither stand in each other's way
 * nor get each other's answer. Keys and requests are kept as fingerprints, because a request may
 * hold a password, and a plain hash of it could be guessed by whoever reads the database.
 */
@Component
public class Idempotency {
    /** How long the first answer is given again. */
    private static final String OVER = " WHERE created_at < now() - interval '24 hours'";

    private final TenantTransactions tenants;
    private final PlatformTransactions platform;
    private final SecretBox secretBox;
    private final JsonMapper json;

    Idempotency(
            TenantTransactions tenants,
            PlatformTransactions platform,
            SecretBox secretBox,
            JsonMapper json) {
        this.tenants = tenants;
        this.platform = platform;
        this.secretBox = secretBox;
        this.json = json;
    }

    /** Forgets answers once nobody is owed them any more. */
    @Bean
    static RecurringTask<Void> idempotencyExpiry(PlatformTransactions platform) {
        return Tasks.recurring("idempotency-expiry", FixedDelay.of(Duration.ofMinutes(10)))
                .execute(
                        (instance, context) ->
                                platform.run(
                                        jdbc -> {
                                            jdbc.sql("DELETE FROM idempotent_request" + OVER)
                                                    .update();
                                            jdbc.sql("DELETE FROM anonymous_request" + OVER)
                                                    .update();
                                        }));
    }

    private record FirstAnswer(String requestHash, String json) {}

    private FirstAnswer firstAnswer(ResultSet row, int number) throws SQLException {
        byte[] opened = secretBox.open(row.getBytes("answer"));
        return new FirstAnswer(
                row.getString("request_hash"), new String(opened, StandardCharsets.UTF_8));
    }

    /** For the bound account: the work's tenant transactions all join this one. */
    public <T> T once(IdempotencyKey key, Class<T> type, Supplier<T> work) {
        if (key.value() == null) {
            return work.get();
        }
        String id = fingerprint(sender(Tenancy.caller()), key);
        return tenants.write(
                sql -> {
                    NamedLock.take(sql::statement, sql.accountId() + ":" + id);
                    Optional<FirstAnswer> first =
                            sql.statement(
                                            """
                                            SELECT request_hash, answer FROM idempotent_request
                                             WHERE account_id = :account_id AND id = :id
                                            """)
                                    .param("id", id)
                                    .query(this::firstAnswer)
                                    .optional();
                    if (first.isPresent()) {
                        return replay(first.get(), key, type);
                    }
                    T answer = work.get();
                    sql.statement(
                                    """
                                    INSERT INTO idempotent_request
                                        (account_id, id, request_hash, answer)
                                    VALUES (:account_id, :id, :hash, :answer)
                                    """)
                            .param("id", id)
                            .param("hash", secretBox.fingerprint(key.requestHash()))
                            .param("answer", sealed(answer))
                            .update();
                    return answer;
                });
    }

    /** All keys of an account act as one bot: each is a sender of its own all the same. */
    private static String sender(Caller caller) {
        String apiKeyId = caller.apiKeyId();
        return apiKeyId == null ? caller.userId().toString() : "api_key:" + apiKeyId;
    }

    /** For senders without an account: the work's platform transactions all join this one. */
    public <T> T onceAnonymously(IdempotencyKey key, Class<T> type, Supplier<T> work) {
        if (key.value() == null) {
            return work.get();
        }
        String id = fingerprint(key.sender(), key);
        return platform.write(
                jdbc -> {
                    NamedLock.take(jdbc::sql, "anonymous:" + id);
                    Optional<FirstAnswer> first =
                            jdbc.sql(
                                            """
                                            SELECT request_hash, answer FROM anonymous_request
                                             WHERE id = :id
                                            """)
                                    .param("id", id)
                                    .query(this::firstAnswer)
                                    .optional();
                    if (first.isPresent()) {
                        return replay(first.get(), key, type);
                    }
                    T answer = work.get();
                    jdbc.sql(
                                    """
                                    INSERT INTO anonymous_request (id, request_hash, answer)
                                    VALUES (:id, :hash, :answer)
                                    """)
                            .param("id", id)
                            .param("hash", secretBox.fingerprint(key.requestHash()))
                            .param("answer", sealed(answer))
                            .update();
                    return answer;
                });
    }

    private String fingerprint(String sender, IdempotencyKey key) {
        return secretBox.fingerprint(sender + ' ' + key.value());
    }

    private <T> T replay(FirstAnswer first, IdempotencyKey key, Class<T> type) {
        if (!first.requestHash().equals(secretBox.fingerprint(key.requestHash()))) {
            throw Problem.of(
                    422,
                    "idempotency_key_reused",
                    "This Idempotency-Key was used before, for a request that differs from this"
                            + " one");
        }
        return json.readValue(first.json(), type);
    }

    /** Sealed, because an answer may hold tokens. */
    private byte[] sealed(Object answer) {
        return secretBox.seal(json.writeValueAsBytes(answer));
    }
}
