package com.igny8.account;

import com.igny8.http.Form;
import com.igny8.kernel.IfMatch;
import com.igny8.kernel.Problem;
import com.igny8.tenancy.Ungated;

import jakarta.servlet.http.HttpServletResponse;

import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Who the account's invoices name, for people. */
@Controller
@RequestMapping("/account/billing-details")
class BillingProfilePages {
    private final BillingProfile profile;

    BillingProfilePages(BillingProfile profile) {
        this.profile = profile;
    }

    @Ungated(Ungated.To.OWNER_OF_SUSPENDED)
    @GetMapping
    String show(Model model) {
        return show(Form.sent(profile.details().values(), BillingDetails.FIELDS), model);
    }

    private String show(Form form, Model model) {
        model.addAttribute("form", form);
        model.addAttribute("details", profile.details());
        model.addAttribute("countries", Country.byName());
        return "account/billing-details";
    }

    @PostMapping
    String change(
            @RequestParam Map<String, String> sent,
            Model model,
            RedirectAttributes next,
            HttpServletResponse response) {
        Form form = Form.sent(sent, BillingDetails.FIELDS);
        Map<String, String> values = new HashMap<>(sent);
        values.keySet().retainAll(List.of(BillingDetails.FIELDS));
        try {
            profile.change(values, IfMatch.ANYTHING);
            next.addFlashAttribute("notice", "Saved. Your next invoice will say so");
            return "redirect:/account/billing-details";
        } catch (Problem problem) {
            response.setStatus(problem.status());
            return show(form.refused(problem), model);
        }
    }
}
