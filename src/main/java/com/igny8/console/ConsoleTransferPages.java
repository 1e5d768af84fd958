package com.igny8.console;

import com.igny8.bank.BankTransferArrival;
import com.igny8.bank.BankTransferConfirmations;
import com.igny8.bank.BankTransferConfirmed;
import com.igny8.bank.BankTransferQueue;
import com.igny8.bank.BankTransferWaiting;
import com.igny8.http.Form;
import com.igny8.http.Typed;
import com.igny8.kernel.PageRequest;
import com.igny8.kernel.Problem;
import com.igny8.tenancy.Ungated;

import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

import java.util.Map;
import java.util.UUID;

/** Bank transfers that are waited for, in the operator's console. */
@Controller
@RequestMapping("/console/bank-transfers")
@Ungated(Ungated.To.EVERYBODY)
class ConsoleTransferPages {
    private static final String[] FIELDS = {
        "amount", "payer_name", "external_payment_id", "period_months", "accept_partial", "reason"
    };

    private final BankTransferQueue queue;
    private final BankTransferConfirmations confirmations;

    ConsoleTransferPages(BankTransferQueue queue, BankTransferConfirmations confirmations) {
        this.queue = queue;
        this.confirmations = confirmations;
    }

    @GetMapping
    String waiting(PageRequest page, Model model) {
        model.addAttribute("transfers", queue.waiting(page));
        return "console/bank-transfers";
    }

    @GetMapping("/{account}/{invoice}")
    String transfer(@PathVariable UUID account, @PathVariable UUID invoice, Model model) {
        BankTransferWaiting waiting = queue.get(account, invoice);
        return show(
                waiting,
                Form.sent(
                        Map.of(
                                "amount", waiting.due().decimal(),
                                "payer_name", waiting.billedTo(),
                                "external_payment_id", waiting.usualPaymentId(),
                                "period_months", "1"),
                        FIELDS),
                model);
    }

    private static String show(BankTransferWaiting waiting, Form form, Model model) {
        model.addAttribute("transfer", waiting);
        model.addAttribute("form", form);
        return "console/bank-transfer";
    }

    @GetMapping(value = "/{account}/{invoice}/proof", produces = MediaType.ALL_VALUE)
    ResponseEntity<byte[]> proof(@PathVariable UUID account, @PathVariable UUID invoice) {
        return ConsoleTransferApi.file(queue.proof(account, invoice));
    }

    @PostMapping("/{account}/{invoice}/confirm")
    String confirm(
            @PathVariable UUID account,
            @PathVariable UUID invoice,
            @RequestParam Map<String, String> sent,
            Model model,
            RedirectAttributes next,
            HttpServletResponse response) {
        Form form = Form.sent(sent, FIELDS);
        try {
            BankTransferConfirmed confirmed =
                    confirmations.confirm(arrival(account, invoice, form));
            next.addFlashAttribute(
                    "notice",
                    "Confirmed: invoice %s is %s"
                            .formatted(confirmed.invoiceNumber(), confirmed.invoiceStatus()));
            return "redirect:/console/bank-transfers";
        } catch (Problem problem) {
            response.setStatus(problem.status());
            return show(queue.get(account, invoice), form.refused(problem), model);
        }
    }

    private static BankTransferArrival arrival(UUID account, UUID invoice, Form form) {
        Typed typed = new Typed(form);
        int months = typed.count("period_months");
        typed.requireAll();
        return new BankTransferArrival(
                account,
                null,
                invoice,
                form.value("external_payment_id"),
                form.value("amount"),
                form.value("payer_name"),
                null,
                months,
                typed.isTicked("accept_partial"));
    }

    @PostMapping("/{account}/{invoice}/decline")
    String decline(
            @PathVariable UUID account,
            @PathVariable UUID invoice,
            @RequestParam Map<String, String> sent,
            Model model,
            RedirectAttributes next,
            HttpServletResponse response) {
        Form form = Form.sent(sent, FIELDS);
        try {
            queue.decline(account, invoice, new Reason(form.value("reason")).text());
            next.addFlashAttribute("notice", "Declined. The customer is told why");
            return "redirect:/console/bank-transfers";
        } catch (Problem problem) {
            response.setStatus(problem.status());
            return show(queue.get(account, invoice), form.refused(problem), model);
        }
    }
}
