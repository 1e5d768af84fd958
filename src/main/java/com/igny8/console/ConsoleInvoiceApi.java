package com.igny8.console;

import com.igny8.http.Answer;
import com.igny8.http.Listing;
import com.igny8.invoice.CreditNote;
import com.igny8.invoice.CreditNoteView;
import com.igny8.invoice.Invoice;
import com.igny8.invoice.InvoiceSearch;
import com.igny8.invoice.InvoiceView;
import com.igny8.invoice.PdfAnswer;
import com.igny8.invoice.PdfAnswered;
import com.igny8.kernel.PageRequest;
import com.igny8.kernel.Problem;
import com.igny8.tenancy.IdempotencyKey;
import com.igny8.tenancy.Ungated;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;

import org.jspecify.annotations.Nullable;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** The invoices of all accounts, for the operator's programs. */
@Tag(name = "Console")
@RestController
@RequestMapping("/api/v1/console/invoices")
@Ungated(Ungated.To.EVERYBODY)
class ConsoleInvoiceApi {
    private final InvoiceSearch search;
    private final InvoiceActions actions;
    private final PdfAnswer pdf;

    ConsoleInvoiceApi(InvoiceSearch search, InvoiceActions actions, PdfAnswer pdf) {
        this.search = search;
        this.actions = actions;
        this.pdf = pdf;
    }

    record FoundView(
            UUID id,
            @Schema(example = "IGN-2026-000123") String number,
            @Schema(example = "open") String status,
            UUID account,
            @Schema(example = "Analytical Engines") String accountName,
            @Schema(example = "EUR") String currency,
            @Schema(example = "16541") long totalMinor,
            @Schema(example = "16541") long dueMinor,
            Instant issuedAt,
            Instant dueAt) {
        static FoundView of(InvoiceSearch.Found found) {
            return new FoundView(
                    found.id(),
                    found.number(),
                    found.status().key(),
                    found.accountId(),
                    found.accountName(),
                    found.total().currency(),
                    found.total().minor(),
                    found.due().minor(),
                    found.issuedAt(),
                    found.dueAt());
        }
    }

    record InvoiceFileView(
            UUID account,
            @Schema(example = "Analytical Engines") String accountName,
            InvoiceView invoice,
            List<CreditNoteView> creditNotes) {
        static InvoiceFileView of(InvoiceActions.Facts facts) {
            return new InvoiceFileView(
                    facts.account().id(),
                    facts.account().name(),
                    InvoiceView.of(facts.invoice()),
                    facts.creditNotes().stream().map(CreditNoteView::of).toList());
        }
    }

    record ReasonBody(@NotNull @Schema(example = "Ordered twice") String reason) {}

    record CreditNoteBody(
            @Nullable
                    @Schema(
                            description = "With tax, in major units; all that is left if left out",
                            example = "10.00")
                    String amount,
            @NotNull @Schema(example = "The site was down for three days") String reason,
            @Nullable
                    @Schema(
                            description =
                                    "Where that goes which was paid already; balance if left out",
                            allowableValues = {"balance", "refund"})
                    String excess) {
        InvoiceActions.Correction correction() {
            return new InvoiceActions.Correction(
                    amount,
                    new Reason(reason),
                    ConsoleInvoiceApi.excess(excess == null ? "balance" : excess));
        }
    }

    static CreditNote.Excess excess(String key) {
        return CreditNote.Excess.find(key)
                .orElseThrow(() -> Problem.invalid("excess", "Must be balance or refund"));
    }

    @Operation(
            summary = "Invoices of all accounts",
            description =
                    "For operators, latest first: `search` by number, account and who was billed.")
    @GetMapping("/")
    Listing<FoundView> invoices(
            @ParameterObject PageRequest page,
            @RequestParam(required = false) @Nullable String status,
            @RequestParam(required = false) @Nullable UUID account) {
        var filter = new InvoiceSearch.Filter(Invoice.Status.filter(status), account);
        return Listing.of(search.page(page, filter), FoundView::of);
    }

    @Operation(summary = "An invoice of any account", description = "For operators.")
    @GetMapping("/{id}/")
    Answer<InvoiceFileView> invoice(@PathVariable UUID id) {
        return Answer.of(InvoiceFileView.of(actions.facts(id)));
    }

    @Operation(summary = "An invoice of any account as PDF", description = "For operators.")
    @PdfAnswered
    @GetMapping("/{id}/pdf/")
    ResponseEntity<byte[]> pdf(@PathVariable UUID id) {
        return pdf.of(actions.facts(id).invoice());
    }

    @Operation(
            summary = "Void an invoice",
            description =
                    "For operators: an open one on which nothing was paid or taken back; 409"
                            + " otherwise. Its number stays taken.")
    @PostMapping("/{id}/void/")
    Answer<InvoiceFileView> annul(@PathVariable UUID id, @Valid @RequestBody ReasonBody body) {
        actions.annul(id, new Reason(body.reason()));
        return Answer.of(InvoiceFileView.of(actions.facts(id)), "The invoice is void");
    }

    @Operation(
            summary = "Write an invoice off",
            description = "For operators: nobody expects money for it any more; it can be paid.")
    @PostMapping("/{id}/uncollectible/")
    Answer<InvoiceFileView> giveUp(@PathVariable UUID id, @Valid @RequestBody ReasonBody body) {
        actions.giveUp(id, new Reason(body.reason()));
        return Answer.of(InvoiceFileView.of(actions.facts(id)), "The invoice is written off");
    }

    @Operation(
            summary = "Write a credit note",
            description =
                    "For operators: takes back an invoice or a part of it. First it takes off what"
                            + " is still to be paid; of what was paid, `excess` says whether the"
                            + " customer keeps it with us or gets it back.")
    @PostMapping("/{id}/credit-notes/")
    @ResponseStatus(HttpStatus.CREATED)
    Answer<CreditNoteView> credit(
            @PathVariable UUID id,
            @Valid @RequestBody CreditNoteBody body,
            @Parameter(hidden = true) IdempotencyKey key) {
        return Answer.of(CreditNoteView.of(actions.correct(id, body.correction(), key)));
    }
}
