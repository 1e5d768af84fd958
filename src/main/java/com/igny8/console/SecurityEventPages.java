package com.igny8.console;

import com.igny8.audit.SecurityHistory;
import com.igny8.http.Cursors;
import com.igny8.kernel.CursorPage;
import com.igny8.tenancy.AuditLog;
import com.igny8.tenancy.Ungated;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.util.UriComponentsBuilder;

import java.util.LinkedHashMap;
import java.util.Map;

/** Wrong passwords, locks and the like, which stand in no account's log; for operators. */
@Controller
@Ungated(Ungated.To.EVERYBODY)
class SecurityEventPages {
    private static final String LIST = "console security page";
    private static final String PATH = "/console/security";
    private static final int PAGE_SIZE = 50;

    /** What one may choose from. */
    private static final Map<String, String> KINDS = kinds();

    private final SecurityHistory history;
    private final AuditLog auditLog;
    private final Cursors cursors;

    SecurityEventPages(SecurityHistory history, AuditLog auditLog, Cursors cursors) {
        this.history = history;
        this.auditLog = auditLog;
        this.cursors = cursors;
    }

    private static Map<String, String> kinds() {
        Map<String, String> kinds = new LinkedHashMap<>();
        kinds.put("sign_in.failed", "Wrong passwords");
        kinds.put("sign_in.locked", "Locks");
        kinds.put("sign_in.code_failed", "Wrong codes");
        kinds.put("sign_in.token_reused", "Tokens used twice");
        kinds.put("user.password_changed", "Passwords set by a link");
        kinds.put("user.email_changed", "Addresses changed");
        kinds.put("user.email_change_undone", "Addresses taken back");
        return kinds;
    }

    @GetMapping(PATH)
    String events(
            @RequestParam(defaultValue = "") String event,
            @RequestParam(defaultValue = "") String email,
            @RequestParam(required = false) @Nullable String cursor,
            Model model) {
        auditLog.recordLook("security_events.read", "security_events");
        CursorPage<SecurityHistory.Happening> page =
                history.page(
                        event.isBlank() ? null : event,
                        email.isBlank() ? null : email,
                        cursors.read(LIST, cursor),
                        PAGE_SIZE);
        model.addAttribute("kinds", KINDS);
        model.addAttribute("event", event);
        model.addAttribute("email", email);
        model.addAttribute("happenings", page.rows());
        model.addAttribute("newer", address(event, email, cursors.write(LIST, page.newer())));
        model.addAttribute("older", address(event, email, cursors.write(LIST, page.older())));
        return "audit/security";
    }

    private static @Nullable String address(String event, String email, @Nullable String cursor) {
        return cursor == null
                ? null
                : UriComponentsBuilder.fromPath(PATH)
                        .queryParam("event", "{event}")
                        .queryParam("email", "{email}")
                        .queryParam("cursor", "{cursor}")
                        .encode()
                        .buildAndExpand(event, email, cursor)
                        .toUriString();
    }
}
