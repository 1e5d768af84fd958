package com.igny8.console;

import com.igny8.credit.Balance;
import com.igny8.http.Form;
import com.igny8.kernel.Problem;
import com.igny8.tenancy.IdempotencyKey;
import com.igny8.tenancy.Ungated;

import jakarta.servlet.http.HttpServletResponse;

import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

import java.util.Map;
import java.util.UUID;

/** One account in the operator's console. */
@Controller("consoleAccountPages")
@Ungated(Ungated.To.EVERYBODY)
class AccountPages {
    private final AccountActions actions;

    AccountPages(AccountActions actions) {
        this.actions = actions;
    }

    @GetMapping("/console/accounts/{id}")
    String account(@PathVariable UUID id, Model model) {
        return show(id, "", Form.blank("reason", "amount"), model);
    }

    /**
     * @param act which of the page's forms was sent; empty where none was
     */
    private String show(UUID id, String act, Form form, Model model) {
        model.addAttribute("facts", actions.facts(id));
        model.addAttribute("act", act);
        model.addAttribute("form", form);
        model.addAttribute("blank", Form.blank("reason", "amount"));
        return "console/account";
    }

    @PostMapping("/console/accounts/{id}/suspend")
    String suspend(
            @PathVariable UUID id,
            @RequestParam Map<String, String> sent,
            Model model,
            RedirectAttributes next,
            HttpServletResponse response) {
        Form form = Form.sent(sent, "reason");
        try {
            actions.suspend(id, new Reason(form.value("reason")));
            next.addFlashAttribute("notice", "The account is suspended");
            return "redirect:/console/accounts/" + id;
        } catch (Problem problem) {
            return refused(id, "suspend", form, problem, model, response);
        }
    }

    @PostMapping("/console/accounts/{id}/reinstate")
    String reinstate(@PathVariable UUID id, RedirectAttributes next) {
        actions.reinstate(id);
        next.addFlashAttribute("notice", "The account is active again");
        return "redirect:/console/accounts/" + id;
    }

    @PostMapping("/console/accounts/{id}/credits")
    String adjustCredits(
            @PathVariable UUID id,
            @RequestParam Map<String, String> sent,
            Model model,
            RedirectAttributes next,
            HttpServletResponse response) {
        Form form = Form.sent(sent, "amount", "reason");
        try {
            Balance balance =
                    actions.adjustCredits(
                            id,
                            form.number("amount"),
                            new Reason(form.value("reason")),
                            IdempotencyKey.NONE);
            next.addFlashAttribute(
                    "notice", "Credits adjusted: %,d available".formatted(balance.available()));
            return "redirect:/console/accounts/" + id;
        } catch (Problem problem) {
            return refused(id, "credits", form, problem, model, response);
        }
    }

    @PostMapping("/console/accounts/{id}/impersonate")
    String impersonate(
            @PathVariable UUID id,
            @RequestParam Map<String, String> sent,
            Model model,
            HttpServletResponse response) {
        Form form = Form.sent(sent, "reason");
        try {
            actions.impersonate(id, new Reason(form.value("reason")));
            return "redirect:/sites";
        } catch (Problem problem) {
            return refused(id, "impersonate", form, problem, model, response);
        }
    }

    @PostMapping("/console/impersonation/stop")
    String stopImpersonating(RedirectAttributes next) {
        UUID id = actions.stopImpersonating();
        next.addFlashAttribute("notice", "You are yourself again");
        return "redirect:/console/accounts/" + id;
    }

    private String refused(
            UUID id,
            String act,
            Form form,
            Problem problem,
            Model model,
            HttpServletResponse response) {
        if (problem.status() == HttpServletResponse.SC_NOT_FOUND) {
            throw problem;
        }
        response.setStatus(problem.status());
        return show(id, act, form.refused(problem), model);
    }
}
