package com.igny8.payment;

import com.igny8.kernel.PageRequest;
import com.igny8.kernel.Problem;
import com.igny8.tenancy.Role;
import com.igny8.tenancy.Tenancy;
import com.igny8.tenancy.Ungated;

import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

import java.net.URI;
import java.util.UUID;

/** How the account pays and what it paid, for people. */
@Controller
@RequestMapping("/account/payments")
@Ungated(Ungated.To.OWNER_OF_SUSPENDED)
class PaymentPages {
    private static final String BACK = "redirect:/account/payments";

    private final PaymentSearch payments;
    private final PaymentMethods methods;
    private final PaymentChoices choices;
    private final PaymentOptions options;
    private final Checkouts checkouts;

    PaymentPages(
            PaymentSearch payments,
            PaymentMethods methods,
            PaymentChoices choices,
            PaymentOptions options,
            Checkouts checkouts) {
        this.payments = payments;
        this.methods = methods;
        this.choices = choices;
        this.options = options;
        this.checkouts = checkouts;
    }

    @GetMapping
    String payments(PageRequest page, Model model) {
        model.addAttribute("payments", payments.own(PaymentSearch.Filter.NONE, page));
        model.addAttribute("methods", methods.all());
        model.addAttribute("options", options.all());
        model.addAttribute("isOwner", Tenancy.caller().role() == Role.OWNER);
        return "payment/account";
    }

    /** On to the provider's page, where an invoice is paid. */
    @PostMapping("/checkout")
    String checkout(
            @RequestParam UUID invoice,
            @RequestParam("payment_method") String type,
            Model model,
            RedirectAttributes next) {
        try {
            return leaving(checkouts.pay(invoice, PaymentType.require(type)), model);
        } catch (Problem problem) {
            return refused(problem, next);
        }
    }

    /** On to the provider's page, where a card or an account is left. */
    @PostMapping("/methods")
    String add(@RequestParam("payment_method") String type, Model model, RedirectAttributes next) {
        try {
            return choices.add(PaymentType.require(type))
                    .map(page -> leaving(page, model))
                    .orElse(BACK);
        } catch (Problem problem) {
            return refused(problem, next);
        }
    }

    /** By a page of ours, since our forms may lead nowhere else. */
    private static String leaving(URI page, Model model) {
        model.addAttribute("page", page.toString());
        return "payment/leaving";
    }

    /** What they cannot help, they are told where they came from. */
    private static String refused(Problem problem, RedirectAttributes next) {
        switch (problem.status()) {
            case 409, 502, 503 -> next.addFlashAttribute("refusal", problem.sentence());
            default -> throw problem;
        }
        return BACK;
    }

    @PostMapping("/methods/{id}/default")
    String makeDefault(@PathVariable UUID id, RedirectAttributes next) {
        methods.makeDefault(id);
        next.addFlashAttribute("notice", "Renewals are paid by this from now on");
        return BACK;
    }

    @PostMapping("/methods/{id}/remove")
    String remove(@PathVariable UUID id, RedirectAttributes next) {
        try {
            choices.remove(id);
            next.addFlashAttribute("notice", "It is removed");
            return BACK;
        } catch (Problem problem) {
            return refused(problem, next);
        }
    }
}
