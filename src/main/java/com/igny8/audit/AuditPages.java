package com.igny8.audit;

import com.igny8.http.Cursors;
import com.igny8.kernel.CursorPage;

import jakarta.servlet.http.HttpServletResponse;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

import java.io.IOException;

/** What was done on the account, for its admins. */
@Controller
class AuditPages {
    private static final String LIST = "account audit page";
    private static final int PAGE_SIZE = 50;

    private final AuditTrail trail;
    private final Cursors cursors;

    AuditPages(AuditTrail trail, Cursors cursors) {
        this.trail = trail;
        this.cursors = cursors;
    }

    @GetMapping("/account/audit")
    String entries(
            AuditQuery query,
            @RequestParam(required = false) @Nullable String cursor,
            Model model) {
        CursorPage<AuditEntry> page =
                trail.page(query.filter(), cursors.read(LIST, cursor), PAGE_SIZE);
        model.addAttribute("query", query);
        model.addAttribute("areas", AuditQuery.AREAS);
        model.addAttribute("entries", page.rows());
        model.addAttribute(
                "newer", query.address("/account/audit", cursors.write(LIST, page.newer())));
        model.addAttribute(
                "older", query.address("/account/audit", cursors.write(LIST, page.older())));
        model.addAttribute("file", query.address("/account/audit/export", ""));
        return "audit/account";
    }

    @GetMapping("/account/audit/export")
    void export(AuditQuery query, HttpServletResponse response) throws IOException {
        AuditFile.send(trail, query.filter(), response);
    }
}
