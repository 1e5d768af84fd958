package com.igny8.invoice;

import com.igny8.http.Answer;
import com.igny8.http.Listing;
import com.igny8.kernel.PageRequest;
import com.igny8.tenancy.Role;
import com.igny8.tenancy.Tenancy;
import com.igny8.tenancy.Ungated;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;

import org.jspecify.annotations.Nullable;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

import java.util.List;
import java.util.UUID;

/** What the account owes and owed, for programs of people. */
@Tag(name = "Billing")
@RestController
@RequestMapping("/api/v1/billing")
@Ungated(Ungated.To.OWNER_OF_SUSPENDED)
class InvoiceApi {
    private final Invoices invoices;
    private final CreditNotes creditNotes;
    private final CustomerBalance balance;
    private final PdfAnswer pdf;

    InvoiceApi(Invoices invoices, CreditNotes creditNotes, CustomerBalance balance, PdfAnswer pdf) {
        this.invoices = invoices;
        this.creditNotes = creditNotes;
        this.balance = balance;
        this.pdf = pdf;
    }

    record FundsView(
            @Schema(example = "EUR") String currency,
            @Schema(example = "1190") long balanceMinor) {}

    @Operation(
            summary = "Invoices",
            description =
                    "Latest first; `search` by number, `status` one of draft, open, paid, void,"
                            + " uncollectible. Needs the role admin.")
    @GetMapping("/invoices/")
    Listing<InvoiceView> invoices(
            @ParameterObject PageRequest page,
            @RequestParam(required = false) @Nullable String status) {
        Tenancy.caller().require(Role.ADMIN);
        return Listing.of(invoices.page(page, Invoice.Status.filter(status)), InvoiceView::of);
    }

    @Operation(summary = "An invoice", description = "Needs the role admin.")
    @GetMapping("/invoices/{id}/")
    Answer<InvoiceView> invoice(@PathVariable UUID id) {
        Tenancy.caller().require(Role.ADMIN);
        return Answer.of(InvoiceView.of(invoices.get(id)));
    }

    @Operation(summary = "An invoice as PDF", description = "Needs the role admin.")
    @PdfAnswered
    @GetMapping("/invoices/{id}/pdf/")
    ResponseEntity<byte[]> pdf(@PathVariable UUID id) {
        Tenancy.caller().require(Role.ADMIN);
        return pdf.of(invoices.get(id));
    }

    @Operation(summary = "Credit notes", description = "Latest first. Needs the role admin.")
    @GetMapping("/credit-notes/")
    Listing<CreditNoteView> creditNotes(@ParameterObject PageRequest page) {
        Tenancy.caller().require(Role.ADMIN);
        return Listing.of(creditNotes.page(page), CreditNoteView::of);
    }

    @Operation(summary = "A credit note as PDF", description = "Needs the role admin.")
    @PdfAnswered
    @GetMapping("/credit-notes/{id}/pdf/")
    ResponseEntity<byte[]> creditNotePdf(@PathVariable UUID id) {
        Tenancy.caller().require(Role.ADMIN);
        return pdf.of(creditNotes.get(id));
    }

    @Operation(
            summary = "Money you have with us",
            description =
                    "By currency; it pays your next invoices. Credits are another thing. Needs the"
                            + " role admin.")
    @GetMapping("/balance/")
    Answer<List<FundsView>> balance() {
        Tenancy.caller().require(Role.ADMIN);
        return Answer.of(
                balance.all().stream()
                        .map(money -> new FundsView(money.currency(), money.minor()))
                        .toList());
    }
}
