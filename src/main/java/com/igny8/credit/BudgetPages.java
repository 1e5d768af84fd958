package com.igny8.credit;

import com.igny8.http.Form;
import com.igny8.kernel.Problem;
import com.igny8.tenancy.Role;
import com.igny8.tenancy.Tenancy;

import jakarta.servlet.http.HttpServletResponse;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/** Monthly budgets, and the warning of a low balance, for people. */
@Controller
@RequestMapping("/account/credits")
class BudgetPages {
    private static final String MEMBER = "member:";
    private static final String SITE = "site:";
    private static final String BACK = "redirect:/account/credits/budgets";

    private final Budgets budgets;
    private final Usage usage;

    BudgetPages(Budgets budgets, Usage usage) {
        this.budgets = budgets;
        this.usage = usage;
    }

    @GetMapping("/budgets")
    String budgets(Model model) {
        Tenancy.caller().require(Role.ADMIN);
        return show(form(Map.of()), model);
    }

    /** Both forms of the page as one: what is not sent is as it is. */
    private Form form(Map<String, String> sent) {
        Map<String, String> all = new HashMap<>(sent);
        all.computeIfAbsent("below", field -> budgets.alertBelow().map(String::valueOf).orElse(""));
        return Form.sent(all, "of", "monthly_limit", "below");
    }

    private String show(Form form, Model model) {
        Map<String, String> names = new LinkedHashMap<>();
        usage.memberNames().forEach((id, email) -> names.put(MEMBER + id, email));
        usage.siteNames().forEach((id, name) -> names.put(SITE + id, name + " (site)"));
        model.addAttribute("names", names);
        model.addAttribute("budgets", budgets.all());
        model.addAttribute("month", budgets.month());
        model.addAttribute("form", form);
        return "credit/budgets";
    }

    @PostMapping("/budgets")
    String set(
            @RequestParam Map<String, String> sent,
            Model model,
            RedirectAttributes next,
            HttpServletResponse response) {
        Form form = form(sent);
        try {
            String of = form.value("of");
            budgets.set(
                    id(of, MEMBER, "of"), id(of, SITE, "of"), credits(form.value("monthly_limit")));
            next.addFlashAttribute("notice", "The budget is set");
            return BACK;
        } catch (Problem problem) {
            response.setStatus(problem.status());
            return show(form.refused(problem), model);
        }
    }

    @PostMapping("/budgets/{id}/remove")
    String remove(@PathVariable UUID id, RedirectAttributes next) {
        budgets.remove(id);
        next.addFlashAttribute("notice", "The budget is gone");
        return BACK;
    }

    @PostMapping("/alert")
    String alert(
            @RequestParam Map<String, String> sent,
            Model model,
            RedirectAttributes next,
            HttpServletResponse response) {
        Form form = form(sent);
        try {
            String below = form.value("below").strip();
            budgets.alertBelow(below.isEmpty() ? null : orRefuse(credits(below)));
            next.addFlashAttribute("notice", "Saved");
            return BACK;
        } catch (Problem problem) {
            response.setStatus(problem.status());
            return show(form.refused(problem), model);
        }
    }

    private static @Nullable UUID id(String value, String kind, String field) {
        try {
            return value.startsWith(kind) ? UUID.fromString(value.substring(kind.length())) : null;
        } catch (IllegalArgumentException notAnId) {
            throw Problem.invalid(field, "Choose one of the list");
        }
    }

    /** Null for what is no number; whoever needs one says so. */
    private static @Nullable Long credits(String text) {
        try {
            return Long.valueOf(text.strip());
        } catch (NumberFormatException notANumber) {
            return null;
        }
    }

    private static long orRefuse(@Nullable Long credits) {
        if (credits == null) {
            throw Problem.invalid("below", "Must be a number of credits, or empty");
        }
        return credits;
    }
}
