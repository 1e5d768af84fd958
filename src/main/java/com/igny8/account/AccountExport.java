package com.igny8.account;

import com.igny8.kernel.Problem;
import com.igny8.tenancy.AtOnce;
import com.igny8.tenancy.AuditLog;
import com.igny8.tenancy.TenantTransactions;

import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.util.StreamUtils;

import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;

/**
 * Hands the owner all that belongs to the bound account. The archive is written to a file first and
 * sent then: a slow client keeps no connection to the database, and what is sent is whole.
 */
@Component
class AccountExport {
    private static final int MOST_PER_HOUR = 5;
    private static final long RETRY_AFTER_SECONDS = 3600;

    private final TenantTransactions transactions;
    private final Accounts accounts;
    private final OwnerAlone ownerAlone;
    private final AccountArchive archive;
    private final AuditLog auditLog;
    private final AtOnce exports = new AtOnce(1, "export is made");

    AccountExport(
            TenantTransactions transactions,
            Accounts accounts,
            OwnerAlone ownerAlone,
            AccountArchive archive,
            AuditLog auditLog) {
        this.transactions = transactions;
        this.accounts = accounts;
        this.ownerAlone = ownerAlone;
        this.archive = archive;
        this.auditLog = auditLog;
    }

    void send(HttpServletResponse response) throws IOException {
        ownerAlone.require();
        Account account = accounts.current();
        try (AtOnce.Turn _ = exports.begin();
                FileChannel file = unnamedFile()) {
            note(account);
            archive.write(account, StreamUtils.nonClosing(Channels.newOutputStream(file)));
            response.setContentType("application/zip");
            response.setContentLengthLong(file.size());
            response.setHeader(
                    HttpHeaders.CONTENT_DISPOSITION,
                    ContentDisposition.attachment()
                            .filename("igny8-" + account.slug() + ".zip")
                            .build()
                            .toString());
            file.position(0);
            Channels.newInputStream(file).transferTo(response.getOutputStream());
        }
    }

    /** Without a name from the start: whatever happens, nothing of it is left lying about. */
    private static FileChannel unnamedFile() throws IOException {
        Path path = Files.createTempFile("igny8", ".zip");
        FileChannel file =
                FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
        Files.delete(path);
        return file;
    }

    /** Writes down that it was asked for; 429 where that was too often in the last hour. */
    private void note(Account account) {
        transactions.run(
                sql -> {
                    accounts.lockForLimits();
                    int recent =
                            sql.statement(
                                            """
                                            SELECT count(*)::int FROM audit_entry
                                             WHERE account_id = :account_id
                                               AND action = 'account.exported'
                                               AND created_at > now() - interval '1 hour'
                                            """)
                                    .query(Integer.class)
                                    .single();
                    if (recent >= MOST_PER_HOUR) {
                        throw Problem.of(
                                        429,
                                        "export_limit",
                                        "Your data can be exported %d times an hour. Try again later"
                                                .formatted(MOST_PER_HOUR))
                                .with("retry_after", RETRY_AFTER_SECONDS);
                    }
                    auditLog.record("account.exported", "account:" + account.id(), Map.of());
                });
    }
}
