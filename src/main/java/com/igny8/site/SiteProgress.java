package com.igny8.site;

import com.igny8.tenancy.TenantTransactions;

import org.springframework.stereotype.Component;

import java.util.UUID;

/**
 * How far a site has come on the way from an empty one to clusters. Reads the tables of a later
 * room, on purpose: the page of a site says what comes next.
 */
@Component
class SiteProgress {
    private final TenantTransactions transactions;

    SiteProgress(TenantTransactions transactions) {
        this.transactions = transactions;
    }

    /** How many there are of each. */
    record Steps(long keywords, long clusters) {}

    Steps of(UUID siteId) {
        return transactions.read(
                sql ->
                        sql.statement(
                                        """
                                        SELECT (SELECT count(*) FROM keyword
                                                 WHERE account_id = :account_id AND site_id = :site
                                                   AND deleted_at IS NULL) AS keywords,
                                               (SELECT count(*) FROM cluster
                                                 WHERE account_id = :account_id AND site_id = :site
                                                   AND deleted_at IS NULL) AS clusters
                                        """)
                                .param("site", siteId)
                                .query(
                                        (row, number) ->
                                                new Steps(
                                                        row.getLong("keywords"),
                                                        row.getLong("clusters")))
                                .single());
    }
}
