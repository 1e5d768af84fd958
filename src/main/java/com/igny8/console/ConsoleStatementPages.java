package com.igny8.console;

import com.igny8.bank.BankStatements;
import com.igny8.bank.StatementDesk;
import com.igny8.bank.StatementOutcome;
import com.igny8.bank.StatementReport;
import com.igny8.http.Form;
import com.igny8.kernel.PageRequest;
import com.igny8.kernel.Problem;
import com.igny8.tenancy.Ungated;

import jakarta.servlet.http.HttpServletResponse;

import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Statements of the bank, in the operator's console. */
@Controller
@RequestMapping("/console/bank-statements")
@Ungated(Ungated.To.EVERYBODY)
class ConsoleStatementPages {
    private static final String[] COLUMNS = {"date", "amount", "currency", "payer", "purpose"};

    private final BankStatements statements;
    private final StatementDesk desk;

    ConsoleStatementPages(BankStatements statements, StatementDesk desk) {
        this.statements = statements;
        this.desk = desk;
    }

    @GetMapping
    String lines(PageRequest page, Model model) {
        return show(page, Form.blank(COLUMNS), model);
    }

    private String show(PageRequest page, Form form, Model model) {
        model.addAttribute("entries", desk.open(page));
        model.addAttribute("form", form);
        return "console/bank-statements";
    }

    /**
     * The answer to a preview shows what the file would bring, and that of an import what it did.
     */
    @PostMapping("/import")
    String importStatement(
            @RequestParam MultipartFile file,
            @RequestParam(defaultValue = "") String act,
            @RequestParam Map<String, String> sent,
            Model model,
            HttpServletResponse response) {
        Form form = Form.sent(sent, COLUMNS);
        try {
            var upload = ConsoleStatementApi.upload(file, columns(form));
            boolean isPreview = act.equals("preview");
            StatementReport report =
                    isPreview ? statements.preview(upload) : statements.keep(upload);
            model.addAttribute("report", report);
            model.addAttribute("isPreview", isPreview);
            return show(PageRequest.first(), form, model);
        } catch (Problem problem) {
            response.setStatus(problem.status());
            return show(PageRequest.first(), form.refused(problem), model);
        }
    }

    private static Map<String, String> columns(Form form) {
        return Map.of(
                "date", form.value("date"),
                "amount", form.value("amount"),
                "currency", form.value("currency"),
                "payer", form.value("payer"),
                "purpose", form.value("purpose"));
    }

    /**
     * @param chosen {@code line:invoice} of each that is ticked
     */
    @PostMapping("/confirm")
    String confirm(
            @RequestParam(defaultValue = "") List<String> chosen,
            @RequestParam(defaultValue = "false") boolean acceptPartial,
            RedirectAttributes next) {
        List<StatementOutcome> outcomes =
                desk.confirm(chosen.stream().map(choice -> choice(choice, acceptPartial)).toList());
        List<String> refused =
                outcomes.stream()
                        .filter(outcome -> !outcome.isConfirmed())
                        .map(
                                outcome ->
                                        outcome.refusal() == null
                                                ? ""
                                                : outcome.refusal().sentence())
                        .toList();
        int confirmed = outcomes.size() - refused.size();
        next.addFlashAttribute(
                "notice",
                refused.isEmpty()
                        ? "%d confirmed".formatted(confirmed)
                        : "%d confirmed, %d not: %s"
                                .formatted(confirmed, refused.size(), String.join(". ", refused)));
        return "redirect:/console/bank-statements";
    }

    private static StatementDesk.Choice choice(String chosen, boolean acceptPartial) {
        String[] parts = chosen.split(":", 2);
        try {
            return new StatementDesk.Choice(
                    UUID.fromString(parts[0]),
                    UUID.fromString(parts.length < 2 ? "" : parts[1]),
                    acceptPartial);
        } catch (IllegalArgumentException notIds) {
            throw Problem.invalid("chosen", "Choose lines of the list");
        }
    }

    @PostMapping("/lines/{id}/ignore")
    String ignore(@PathVariable UUID id, RedirectAttributes next) {
        desk.ignore(id);
        next.addFlashAttribute("notice", "Left out");
        return "redirect:/console/bank-statements";
    }
}
