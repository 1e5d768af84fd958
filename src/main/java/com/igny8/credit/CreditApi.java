package com.igny8.credit;

import com.igny8.http.Answer;
import com.igny8.http.Listing;
import com.igny8.kernel.FieldErrors;
import com.igny8.kernel.Problem;
import com.igny8.tenancy.Role;
import com.igny8.tenancy.Scope;
import com.igny8.tenancy.Scoped;
import com.igny8.tenancy.Tenancy;
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
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What an account has, and where it went. */
@Tag(name = "Credits")
@RestController
@RequestMapping("/api/v1/billing/credits")
@Ungated(Ungated.To.OWNER_OF_SUSPENDED)
class CreditApi {
    private static final int MAX_PAGE_SIZE = 200;

    private final Ledger ledger;

    CreditApi(Ledger ledger) {
        this.ledger = ledger;
    }

    record BalanceView(long balance, long held, long available) {}

    record EntryView(
            long id,
            String type,
            long amount,
            long balanceAfter,
            @Nullable String operation,
            @Nullable String reference,
            String description,
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
                    entry.createdAt());
        }
    }

    @Operation(summary = "Balance", description = "In whole credits: available = balance − held.")
    @Scoped(Scope.CREDITS_READ)
    @GetMapping("/balance/")
    Answer<BalanceView> balance() {
        Balance balance = ledger.balance();
        return Answer.of(new BalanceView(balance.balance(), balance.held(), balance.available()));
    }

    @Operation(
            summary = "Statement",
            description = "Every entry of the ledger, newest first, with the running balance.")
    @GetMapping("/transactions/")
    Listing<EntryView> transactions(
            @Parameter(description = "From `next` of the page before")
                    @RequestParam(required = false)
                    @Nullable Long cursor,
            @RequestParam(required = false) @Nullable String type,
            @RequestParam(name = "page_size", defaultValue = "50") int pageSize) {
        Tenancy.caller().require(Role.ADMIN);
        new FieldErrors()
                .require(
                        pageSize >= 1 && pageSize <= MAX_PAGE_SIZE,
                        "page_size",
                        "Must be between 1 and " + MAX_PAGE_SIZE)
                .throwIfAny();
        List<Entry> entries = ledger.entries(cursor, type(type), pageSize + 1);
        boolean hasMore = entries.size() > pageSize;
        List<EntryView> page = entries.stream().limit(pageSize).map(EntryView::of).toList();
        return Listing.ofCursor(
                page, ledger.count(), hasMore ? Long.toString(page.getLast().id()) : null);
    }

    private static Optional<Entry.Type> type(@Nullable String key) {
        return key == null
                ? Optional.empty()
                : Optional.of(
                        Arrays.stream(Entry.Type.values())
                                .filter(type -> type.key().equals(key))
                                .findFirst()
                                .orElseThrow(() -> Problem.invalid("type", "Not a type of entry")));
    }
}
