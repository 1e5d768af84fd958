package com.igny8.site;

import com.igny8.account.Account;
import com.igny8.account.Accounts;
import com.igny8.account.Invitations;
import com.igny8.account.Members;
import com.igny8.http.Throttle;
import com.igny8.tenancy.AuditLog;
import com.igny8.tenancy.Tenancy;
import com.igny8.tenancy.Ungated;

import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;

import java.time.Clock;
import java.util.UUID;

/** The members of a customer's account, for operators: the same pages, in the console. */
@Controller
@RequestMapping("/console/accounts/{account}/members")
@Ungated(Ungated.To.EVERYBODY)
class StaffMemberPages extends MemberDesk {
    private final Accounts accounts;
    private final AuditLog auditLog;

    StaffMemberPages(
            Accounts accounts,
            AuditLog auditLog,
            Members members,
            Invitations invitations,
            SiteAccess siteAccess,
            Sites sites,
            Throttle throttle,
            Clock clock) {
        super(members, invitations, siteAccess, sites, throttle, clock);
        this.accounts = accounts;
        this.auditLog = auditLog;
    }

    /** 404 for what is no customer's. */
    @ModelAttribute("customer")
    Account customer(@PathVariable UUID account) {
        return accounts.customer(account);
    }

    @Override
    void looked() {
        auditLog.recordLook("account.read", "account:" + Tenancy.accountId());
    }

    @Override
    String base() {
        return "/console/accounts/" + Tenancy.accountId() + "/members";
    }
}
