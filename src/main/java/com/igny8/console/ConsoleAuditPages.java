package com.igny8.console;

import com.igny8.account.Account;
import com.igny8.account.Accounts;
import com.igny8.audit.AuditEntry;
import com.igny8.audit.AuditQuery;
import com.igny8.audit.AuditTrail;
import com.igny8.http.Cursors;
import com.igny8.kernel.CursorPage;
import com.igny8.tenancy.Ungated;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

import java.util.UUID;

/** What was done on all accounts, for operators. */
@Controller
@Ungated(Ungated.To.EVERYBODY)
class ConsoleAuditPages {
    private static final String LIST = "console audit page";
    private static final int PAGE_SIZE = 50;

    private final AuditTrail trail;
    private final Accounts accounts;
    private final Cursors cursors;

    ConsoleAuditPages(AuditTrail trail, Accounts accounts, Cursors cursors) {
        this.trail = trail;
        this.accounts = accounts;
        this.cursors = cursors;
    }

    @GetMapping("/console/audit")
    String entries(
            AuditQuery query,
            @RequestParam(required = false) @Nullable UUID account,
            @RequestParam(required = false) @Nullable String cursor,
            Model model) {
        CursorPage<AuditEntry> page =
                trail.pageOfAll(account, query.filter(), cursors.read(LIST, cursor), PAGE_SIZE);
        Account only = account == null ? null : accounts.get(account);
        String path = "/console/audit" + (account == null ? "" : "?account=" + account);
        model.addAttribute("only", only);
        model.addAttribute("query", query);
        model.addAttribute("areas", AuditQuery.AREAS);
        model.addAttribute("entries", page.rows());
        model.addAttribute("newer", query.address(path, cursors.write(LIST, page.newer())));
        model.addAttribute("older", query.address(path, cursors.write(LIST, page.older())));
        return "audit/console";
    }
}
