package com.igny8.site;

import com.igny8.billing.PresentCount;
import com.igny8.catalog.Limit;
import com.igny8.tenancy.TenantTransactions;

import org.springframework.stereotype.Component;

/** How many sites, and sectors in a site, the bound account has. */
@Component
class PresentSites implements PresentCount {
    private final TenantTransactions transactions;

    PresentSites(TenantTransactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public long of(Limit limit) {
        return switch (limit) {
            case MAX_SITES -> transactions.read(Sites::count);
            case MAX_SECTORS_PER_SITE -> mostSectors();
            case MAX_USERS -> throw new IllegalArgumentException("Seats are not counted here");
        };
    }

    private long mostSectors() {
        return transactions.read(
                sql ->
                        sql.statement(
                                        """
                                        SELECT coalesce(max(sectors), 0)
                                          FROM (SELECT count(*) AS sectors FROM sector
                                                  JOIN site ON site.account_id = sector.account_id
                                                           AND site.id = site_id
                                                 WHERE sector.account_id = :account_id
                                                   AND sector.deleted_at IS NULL
                                                   AND site.deleted_at IS NULL
                                                 GROUP BY site_id) AS per_site
                                        """)
                                .query(Long.class)
                                .single());
    }
}
