package com.igny8.audit;

import com.igny8.http.Cursors;
import com.igny8.http.Listing;
import com.igny8.kernel.CursorPage;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;

import jakarta.servlet.http.HttpServletResponse;

import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

import java.io.IOException;
import java.time.Instant;
import java.util.UUID;

/** What was done on the account, for programs. */
@Tag(name = "Audit log")
@RestController
@RequestMapping("/api/v1/auth/audit")
class AuditApi {
    private static final String LIST = "audit";

    private final AuditTrail trail;
    private final Cursors cursors;

    AuditApi(AuditTrail trail, Cursors cursors) {
        this.trail = trail;
        this.cursors = cursors;
    }

    @Operation(
            summary = "Audit log",
            description =
                    "For admins: who did what to what and from where, newest first. Follow `next`"
                            + " and `previous`; entries that are added meanwhile do not move them.")
    @GetMapping("/")
    Listing<AuditView> entries(
            @Parameter(description = "From `next` or `previous` of a page")
                    @RequestParam(required = false)
                    @Nullable String cursor,
            @RequestParam(name = "page_size", defaultValue = "50") int pageSize,
            @Parameter(description = "What it begins with", example = "site.")
                    @RequestParam(required = false)
                    @Nullable String action,
            @RequestParam(required = false) @Nullable UUID actor,
            @Parameter(description = "A thing, or a kind of thing", example = "site")
                    @RequestParam(required = false)
                    @Nullable String target,
            @RequestParam(required = false) @Nullable Instant from,
            @Parameter(description = "Before this moment") @RequestParam(required = false)
                    @Nullable Instant to) {
        var filter = new AuditFilter(action, actor, target, from, to);
        CursorPage<AuditEntry> page = trail.page(filter, cursors.read(LIST, cursor), pageSize);
        return Listing.ofCursors(page, trail.count(filter), AuditView::of, LIST, cursors);
    }

    @Operation(
            summary = "Audit log as a file",
            description = "For admins: all that the filter lets through, newest first, as CSV.")
    @ApiResponse(responseCode = "200", content = @Content(mediaType = "text/csv"))
    @GetMapping("/export/")
    void export(
            @RequestParam(required = false) @Nullable String action,
            @RequestParam(required = false) @Nullable UUID actor,
            @RequestParam(required = false) @Nullable String target,
            @RequestParam(required = false) @Nullable Instant from,
            @RequestParam(required = false) @Nullable Instant to,
            HttpServletResponse response)
            throws IOException {
        AuditFile.send(trail, new AuditFilter(action, actor, target, from, to), response);
    }
}
