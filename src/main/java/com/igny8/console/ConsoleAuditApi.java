package com.igny8.console;

import com.igny8.audit.AuditEntry;
import com.igny8.audit.AuditFilter;
import com.igny8.audit.AuditTrail;
import com.igny8.audit.AuditView;
import com.igny8.http.Cursors;
import com.igny8.http.Listing;
import com.igny8.kernel.CursorPage;
import com.igny8.tenancy.Ungated;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;

import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

import java.time.Instant;
import java.util.UUID;

/** What was done on all accounts, for the operator's programs. */
@Tag(name = "Console")
@RestController
@RequestMapping("/api/v1/console/audit")
@Ungated(Ungated.To.EVERYBODY)
class ConsoleAuditApi {
    private static final String LIST = "console audit";

    private final AuditTrail trail;
    private final Cursors cursors;

    ConsoleAuditApi(AuditTrail trail, Cursors cursors) {
        this.trail = trail;
        this.cursors = cursors;
    }

    @Operation(
            summary = "Audit log of all accounts",
            description = "For operators: who did what to what and from where, newest first.")
    @GetMapping("/")
    Listing<AuditView> entries(
            @RequestParam(required = false) @Nullable UUID account,
            @Parameter(description = "From `next` or `previous` of a page")
                    @RequestParam(required = false)
                    @Nullable String cursor,
            @RequestParam(name = "page_size", defaultValue = "50") int pageSize,
            @RequestParam(required = false) @Nullable String action,
            @RequestParam(required = false) @Nullable UUID actor,
            @RequestParam(required = false) @Nullable String target,
            @RequestParam(required = false) @Nullable Instant from,
            @RequestParam(required = false) @Nullable Instant to) {
        var filter = new AuditFilter(action, actor, target, from, to);
        CursorPage<AuditEntry> page =
                trail.pageOfAll(account, filter, cursors.read(LIST, cursor), pageSize);
        return Listing.ofCursors(
                page, trail.countOfAll(account, filter), AuditView::of, LIST, cursors);
    }
}
