package com.igny8.invoice;

import com.igny8.account.AccountClock;
import com.igny8.kernel.PageRequest;
import com.igny8.tenancy.Role;
import com.igny8.tenancy.Tenancy;
import com.igny8.tenancy.Ungated;

import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

import java.util.UUID;

/** What the account owes and owed, for people. */
@Controller
@Ungated(Ungated.To.OWNER_OF_SUSPENDED)
class InvoicePages {
    private final Invoices invoices;
    private final CreditNotes creditNotes;
    private final CustomerBalance balance;
    private final AccountClock clock;
    private final PdfAnswer pdf;

    InvoicePages(
            Invoices invoices,
            CreditNotes creditNotes,
            CustomerBalance balance,
            AccountClock clock,
            PdfAnswer pdf) {
        this.invoices = invoices;
        this.creditNotes = creditNotes;
        this.balance = balance;
        this.clock = clock;
        this.pdf = pdf;
    }

    @GetMapping("/account/invoices")
    String invoices(
            PageRequest page, @RequestParam(required = false) @Nullable String status, Model model) {
        Tenancy.caller().require(Role.ADMIN);
        model.addAttribute("invoices", invoices.page(page, Invoice.Status.filter(status)));
        model.addAttribute("status", status);
        model.addAttribute("standing", new Standing(clock.now()));
        model.addAttribute("balances", balance.all());
        return "invoice/list";
    }

    @GetMapping("/account/invoices/{id}")
    String invoice(@PathVariable UUID id, Model model) {
        Tenancy.caller().require(Role.ADMIN);
        Invoice invoice = invoices.get(id);
        model.addAttribute("invoice", invoice);
        model.addAttribute("sheet", Sheet.of(invoice));
        model.addAttribute("creditNotes", creditNotes.of(id));
        model.addAttribute("standing", new Standing(clock.now()));
        model.addAttribute("isOwner", Tenancy.caller().role() == Role.OWNER);
        return "invoice/invoice";
    }

    @GetMapping("/account/invoices/{id}/pdf")
    ResponseEntity<byte[]> pdf(@PathVariable UUID id) {
        Tenancy.caller().require(Role.ADMIN);
        return pdf.of(invoices.get(id));
    }

    @GetMapping("/account/credit-notes/{id}/pdf")
    ResponseEntity<byte[]> creditNotePdf(@PathVariable UUID id) {
        Tenancy.caller().require(Role.ADMIN);
        return pdf.of(creditNotes.get(id));
    }

    @GetMapping("/account/balance")
    String balance(PageRequest page, Model model) {
        Tenancy.caller().require(Role.ADMIN);
        model.addAttribute("balances", balance.all());
        model.addAttribute("entries", balance.entries(page));
        return "invoice/balance";
    }
}
