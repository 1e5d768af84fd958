package com.igny8.console;

import com.igny8.http.Form;
import com.igny8.invoice.CreditNote;
import com.igny8.invoice.Invoice;
import com.igny8.invoice.InvoiceSearch;
import com.igny8.invoice.PdfAnswer;
import com.igny8.invoice.Sheet;
import com.igny8.invoice.Standing;
import com.igny8.kernel.PageRequest;
import com.igny8.kernel.Problem;
import com.igny8.tenancy.IdempotencyKey;
import com.igny8.tenancy.Ungated;

import jakarta.servlet.http.HttpServletResponse;

import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

import java.time.Clock;
import java.util.Arrays;
import java.util.Map;
import java.util.UUID;

/** The invoices of all accounts, and what can be done to one, for operators. */
@Controller
@Ungated(Ungated.To.EVERYBODY)
class ConsoleInvoicePages {
    private static final String[] FIELDS = {"amount", "excess", "reason"};

    private final InvoiceSearch search;
    private final InvoiceActions actions;
    private final PdfAnswer pdf;
    private final Clock clock;

    ConsoleInvoicePages(
            InvoiceSearch search, InvoiceActions actions, PdfAnswer pdf, Clock clock) {
        this.search = search;
        this.actions = actions;
        this.pdf = pdf;
        this.clock = clock;
    }

    /** What asks for a reason first, each on a page of its own. */
    enum Act {
        VOID(
                "void",
                "Void invoice",
                "For an invoice that should never have been sent, and on which nothing was paid. Its"
                        + " number stays taken; nothing is due on it any more."),
        WRITE_OFF(
                "write-off",
                "Write invoice off",
                "For an invoice for which no money will come. The customer can still pay it."),
        CREDIT(
                "credit-note",
                "Write credit note",
                "Takes back the invoice or a part of it, with its share of the tax. First it takes off"
                        + " what is still to be paid. The customer gets the credit note by mail.");

        private final String path;
        private final String title;
        private final String explanation;

        Act(String path, String title, String explanation) {
            this.path = path;
            this.title = title;
            this.explanation = explanation;
        }

        static Act of(String path) {
            return Arrays.stream(values())
                    .filter(act -> act.path.equals(path))
                    .findFirst()
                    .orElseThrow(() -> Problem.notFound("Page"));
        }

        public String path() {
            return path;
        }

        public String title() {
            return title;
        }

        public String explanation() {
            return explanation;
        }
    }

    @GetMapping("/console/invoices")
    String invoices(
            PageRequest page,
            @RequestParam(required = false) @Nullable String status,
            @RequestParam(required = false) @Nullable UUID account,
            Model model) {
        var filter = new InvoiceSearch.Filter(Invoice.Status.filter(status), account);
        model.addAttribute("invoices", search.page(page, filter));
        model.addAttribute("status", status);
        model.addAttribute("account", account);
        model.addAttribute("now", clock.instant());
        return "console/invoices";
    }

    @GetMapping("/console/invoices/{id}")
    String invoice(@PathVariable UUID id, Model model) {
        InvoiceActions.Facts facts = actions.facts(id);
        model.addAttribute("facts", facts);
        model.addAttribute("sheet", Sheet.of(facts.invoice()));
        model.addAttribute("standing", new Standing(clock.instant()));
        return "console/invoice";
    }

    @GetMapping("/console/invoices/{id}/pdf")
    ResponseEntity<byte[]> pdf(@PathVariable UUID id) {
        return pdf.of(actions.facts(id).invoice());
    }

    @GetMapping("/console/credit-notes/{id}/pdf")
    ResponseEntity<byte[]> creditNotePdf(@PathVariable UUID id) {
        return pdf.of(actions.creditNote(id));
    }

    @GetMapping("/console/invoices/{id}/{path}")
    String form(@PathVariable UUID id, @PathVariable String path, Model model) {
        return show(
                id,
                Act.of(path),
                Form.sent(Map.of("excess", CreditNote.Excess.BALANCE.key()), FIELDS),
                model);
    }

    private String show(UUID id, Act act, Form form, Model model) {
        model.addAttribute("facts", actions.facts(id));
        model.addAttribute("act", act);
        model.addAttribute("form", form);
        return "console/invoice-act";
    }

    @PostMapping("/console/invoices/{id}/{path}")
    String carryOut(
            @PathVariable UUID id,
            @PathVariable String path,
            @RequestParam Map<String, String> sent,
            Model model,
            RedirectAttributes next,
            HttpServletResponse response) {
        Act act = Act.of(path);
        Form form = Form.sent(sent, FIELDS);
        try {
            next.addFlashAttribute("notice", carriedOut(id, act, form));
            return "redirect:/console/invoices/" + id;
        } catch (Problem problem) {
            if (problem.status() == HttpServletResponse.SC_NOT_FOUND) {
                throw problem;
            }
            response.setStatus(problem.status());
            return show(id, act, form.refused(problem), model);
        }
    }

    /** Does it, and says what was done. */
    private String carriedOut(UUID id, Act act, Form form) {
        Reason reason = new Reason(form.value("reason"));
        return switch (act) {
            case VOID -> {
                actions.annul(id, reason);
                yield "The invoice is void";
            }
            case WRITE_OFF -> {
                actions.giveUp(id, reason);
                yield "The invoice is written off";
            }
            case CREDIT -> {
                String amount = form.value("amount").strip();
                CreditNote note =
                        actions.correct(
                                id,
                                new InvoiceActions.Correction(
                                        amount.isEmpty() ? null : amount,
                                        reason,
                                        ConsoleInvoiceApi.excess(form.value("excess"))),
                                IdempotencyKey.NONE);
                yield "Credit note %s over %s is written"
                        .formatted(note.number(), note.total().text());
            }
        };
    }
}
