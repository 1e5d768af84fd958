package com.igny8.planner;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import com.igny8.kernel.Problem;
import com.igny8.site.Sites;
import com.igny8.tenancy.PlatformTransactions;
import com.igny8.tenancy.Tenancy;
import com.igny8.tenancy.TenantTransactions;

import org.springframework.context.annotation.Bean;
import org.springframework.stereotype.Component;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import java.util.function.Function;

/**
 * Files between a person's look at them and the import. They lie in the database, so that any node
 * can go on with them and a restart does not lose them.
 */
@Component
class KeywordUploads {
    /** An account's uploads that wait; the oldest makes room for the next. */
    private static final int MAX_WAITING = 5;

    private static final int MAX_NAME_LENGTH = 120;

    private final TenantTransactions transactions;
    private final Sites sites;

    KeywordUploads(TenantTransactions transactions, Sites sites) {
        this.transactions = transactions;
        this.sites = sites;
    }

    record Upload(UUID id, String fileName) {}

    UUID keep(UUID siteId, String fileName, byte[] content) {
        sites.getForEditing(siteId);
        return transactions.write(
                sql -> {
                    sql.statement(
                                    """
                                    DELETE FROM keyword_upload WHERE account_id = :account_id
                                       AND id IN (SELECT id FROM keyword_upload
                                                   WHERE account_id = :account_id
                                                   ORDER BY created_at DESC, id DESC
                                                  OFFSET :others)
                                    """)
                            .param("others", MAX_WAITING - 1)
                            .update();
                    return sql.statement(
                                    """
                                    INSERT INTO keyword_upload
                                        (account_id, site_id, file_name, content, created_by)
                                    VALUES (:account_id, :site, :name, :content, :user)
                                    RETURNING id
                                    """)
                            .param("site", siteId)
                            .param("name", shortened(fileName))
                            .param("content", content)
                            .param("user", Tenancy.caller().userId())
                            .query(UUID.class)
                            .single();
                });
    }

    Upload get(UUID siteId, UUID id) {
        sites.getForEditing(siteId);
        return transactions.read(
                sql ->
                        sql.statement(
                                        """
                                        SELECT file_name FROM keyword_upload
                                         WHERE account_id = :account_id AND site_id = :site
                                           AND id = :id
                                        """)
                                .param("site", siteId)
                                .param("id", id)
                                .query((row, number) -> new Upload(id, row.getString("file_name")))
                                .optional()
                                .orElseThrow(() -> Problem.notFound("Upload")));
    }

    /** Does something with the file, as a file, which is gone afterwards. */
    <T> T with(UUID siteId, UUID id, Function<Path, T> work) {
        byte[] content = content(siteId, id);
        return TemporaryFile.with(file -> Files.write(file, content), work);
    }

    private byte[] content(UUID siteId, UUID id) {
        get(siteId, id);
        return transactions.read(
                sql ->
                        sql.statement(
                                        """
                                        SELECT content FROM keyword_upload
                                         WHERE account_id = :account_id AND id = :id
                                        """)
                                .param("id", id)
                                .query(byte[].class)
                                .single());
    }

    void drop(UUID siteId, UUID id) {
        get(siteId, id);
        transactions.run(
                sql ->
                        sql.statement(
                                        """
                                        DELETE FROM keyword_upload
                                         WHERE account_id = :account_id AND id = :id
                                        """)
                                .param("id", id)
                                .update());
    }

    private static String shortened(String fileName) {
        String plain = fileName.replaceAll("\\p{Cntrl}", "");
        return plain.substring(0, Math.min(plain.length(), MAX_NAME_LENGTH));
    }

    /** Throws away what nobody came back for. */
    @Bean
    static RecurringTask<Void> uploadExpiry(PlatformTransactions platform) {
        return Tasks.recurring("upload-expiry", FixedDelay.of(Duration.ofHours(1)))
                .execute(
                        (instance, context) ->
                                platform.run(
                                        jdbc ->
                                                jdbc.sql(
                                                                """
                                                                DELETE FROM keyword_upload
                                                                 WHERE created_at
                                                                     < now() - interval '1 day'
                                                                """)
                                                        .update()));
    }
}
