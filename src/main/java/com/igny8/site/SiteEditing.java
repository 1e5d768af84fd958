package com.igny8.site;

import com.igny8.account.Accounts;
import com.igny8.kernel.IfMatch;
import com.igny8.kernel.Problem;
import com.igny8.tenancy.AccountSql;
import com.igny8.tenancy.AuditLog;
import com.igny8.tenancy.Role;
import com.igny8.tenancy.Tenancy;
import com.igny8.tenancy.TenantTransactions;

import org.springframework.stereotype.Component;

import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Changes what is said of a site. */
@Component
class SiteEditing {
    private final TenantTransactions transactions;
    private final Sites sites;
    private final Drafts drafts;
    private final Accounts accounts;
    private final AuditLog auditLog;

    SiteEditing(
            TenantTransactions transactions,
            Sites sites,
            Drafts drafts,
            Accounts accounts,
            AuditLog auditLog) {
        this.transactions = transactions;
        this.sites = sites;
        this.drafts = drafts;
        this.accounts = accounts;
        this.auditLog = auditLog;
    }

    /** What is to be another; what is absent stays. */
    record Change(
            Optional<String> name,
            Optional<String> domain,
            Optional<Integer> industryId,
            Optional<Boolean> isActive) {}

    /** Changes a site; its slug stays, addresses may be built on it. */
    Site edit(UUID id, Change change, IfMatch ifMatch) {
        sites.get(id); // Who cannot see it is not told that it needs an admin
        Tenancy.caller().require(Role.ADMIN);
        return transactions.write(
                sql -> {
                    accounts.lockForLimits();
                    Site before = sites.get(id);
                    ifMatch.require(before);
                    Site.Draft draft = drafts.changing(before, change);
                    if (!draft.domain().value().equals(before.domain())) {
                        Sites.requireNewDomain(sql, draft.domain());
                    }
                    if (draft.industryId() != before.industryId()) {
                        requireNoSectors(sql, id);
                    }
                    update(sql, id, draft, change.isActive().orElse(before.isActive()));
                    Site after = sites.get(id);
                    auditLog.record(
                            "site.changed",
                            "site:" + id,
                            Map.of("before", told(before), "after", told(after)));
                    return after;
                });
    }

    private static void requireNoSectors(AccountSql sql, UUID id) {
        boolean hasAny =
                sql.statement(
                                """
                                SELECT EXISTS (SELECT FROM sector
                                    WHERE account_id = :account_id AND site_id = :site)
                                """)
                        .param("site", id)
                        .query(Boolean.class)
                        .single();
        if (hasAny) {
            throw Problem.invalid(
                    "industry",
                    "The industry stays while the site has sectors, also deleted ones that can be"
                            + " restored: they are of that industry");
        }
    }

    private static void update(AccountSql sql, UUID id, Site.Draft draft, boolean isActive) {
        sql.statement(
                        """
                        UPDATE site SET name = :name, domain = :domain, industry_id = :industry,
                               status = CASE WHEN :is_active THEN 'active' ELSE 'inactive' END,
                               updated_at = now()
                         WHERE account_id = :account_id AND id = :id
                        """)
                .param("name", draft.name())
                .param("domain", draft.domain().value())
                .param("industry", draft.industryId())
                .param("is_active", isActive)
                .param("id", id)
                .update();
    }

    private static Map<String, ?> told(Site site) {
        return Map.of(
                "name", site.name(),
                "domain", site.domain(),
                "industry", site.industryId(),
                "is_active", site.isActive());
    }
}
