package com.igny8.credit;

import com.igny8.http.Answer;
import com.igny8.http.Listing;
import com.igny8.kernel.FieldErrors;
import com.igny8.tenancy.Role;
import com.igny8.tenancy.Scope;
import com.igny8.tenancy.Scoped;
import com.igny8.tenancy.Tenancy;
import com.igny8.tenancy.Ungated;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;

import jakarta.servlet.http.HttpServletResponse;

import org.jspecify.annotations.Nullable;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** What an account has, and where it went. */
@Tag(name = "Credits")
@RestController
@RequestMapping("/api/v1/billing/credits")
@Ungated(Ungated.To.OWNER_OF_SUSPENDED)
class CreditApi {
    private static final int MAX_PAGE_SIZE = 200;

    private final Ledger ledger;
    private final Statements statements;

    CreditApi(Ledger ledger, Statements statements) {
        this.ledger = ledger;
        this.statements = statements;
    }

    record EntryView(
            long id,
            String type,
            long amount,
            long balanceAfter,
            @Nullable String operation,
            @Nullable String reference,
            String description,
            @Nullable UUID site,
            @Nullable UUID user,
            Instant createdAt) {
        static EntryView of(Entry entry) {
            return new EntryView(
                    entry.id(),
                    entry.type().key(),
                    entry.amount(),
                    entry.balanceAfter(),
                    entry.operation(),
                    entry.reference(),
                    entry.description(),
                    entry.siteId(),
                    entry.userId(),
                    entry.createdAt());
        }
    }

    @Operation(summary = "Balance", description = "In whole credits: available = balance − held.")
    @Scoped(Scope.CREDITS_READ)
    @GetMapping("/balance/")
    Answer<BalanceView> balance() {
        Balance balance = ledger.balance();
        return Answer.of(BalanceView.of(balance));
    }

    @Operation(
            summary = "Statement",
            description =
                    "Every entry of the ledger, newest first, with the running balance. Needs the"
                            + " role admin.")
    @GetMapping("/transactions/")
    Listing<EntryView> transactions(
            @Parameter(description = "From `next` of the page before")
                    @RequestParam(required = false)
                    @Nullable Long cursor,
            @ParameterObject Statements.Filter filter,
            @RequestParam(name = "page_size", defaultValue = "50") int pageSize) {
        Tenancy.caller().require(Role.ADMIN);
        new FieldErrors()
                .require(
                        pageSize >= 1 && pageSize <= MAX_PAGE_SIZE,
                        "page_size",
                        "Must be between 1 and " + MAX_PAGE_SIZE)
                .throwIfAny();
        List<Entry> entries = statements.entries(filter, cursor, pageSize + 1);
        boolean hasMore = entries.size() > pageSize;
        List<EntryView> page = entries.stream().limit(pageSize).map(EntryView::of).toList();
        return Listing.ofCursor(
                page,
                statements.count(filter),
                hasMore ? Long.toString(page.getLast().id()) : null);
    }

    @Operation(
            summary = "Statement as CSV",
            description = "All entries that match, newest first. Needs the role admin.")
    @GetMapping(value = "/transactions/export/", produces = "text/csv")
    void export(@ParameterObject Statements.Filter filter, HttpServletResponse response)
            throws IOException {
        Tenancy.caller().require(Role.ADMIN);
        StatementFile.write(statements, filter, response);
    }
}
