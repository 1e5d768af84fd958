package com.igny8.console;

import com.igny8.http.Form;
import com.igny8.kernel.PageRequest;
import com.igny8.kernel.Problem;
import com.igny8.payment.PaymentOptions;
import com.igny8.payment.PaymentSearch;
import com.igny8.payment.PaymentType;
import com.igny8.payment.ProviderEvents;
import com.igny8.tenancy.IdempotencyKey;
import com.igny8.tenancy.Ungated;

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

import java.util.Map;
import java.util.UUID;

/** Customers' payments, what providers told us of them, and the ways to pay. */
@Controller
@RequestMapping("/console")
@Ungated(Ungated.To.EVERYBODY)
class ConsolePaymentPages {
    private static final String PAYMENTS = "redirect:/console/payments";

    private final PaymentSearch payments;
    private final PaymentActions actions;
    private final PaymentOptions options;
    private final ProviderEvents events;

    ConsolePaymentPages(
            PaymentSearch payments,
            PaymentActions actions,
            PaymentOptions options,
            ProviderEvents events) {
        this.payments = payments;
        this.actions = actions;
        this.options = options;
        this.events = events;
    }

    @GetMapping("/payments")
    String payments(
            @RequestParam(required = false) @Nullable String status,
            PageRequest page,
            Model model) {
        var filter = new PaymentSearch.Filter(status, null);
        model.addAttribute("status", filter.status());
        model.addAttribute("payments", payments.all(filter, page));
        return "console/payments";
    }

    @GetMapping("/payments/{id}/refund")
    String refund(@PathVariable UUID id, Model model) {
        return refund(id, Form.blank("amount", "reason", "key"), model);
    }

    private String refund(UUID id, Form form, Model model) {
        model.addAttribute("found", actions.payment(id));
        model.addAttribute(
                "key", form.value("key").isEmpty() ? UUID.randomUUID() : form.value("key"));
        model.addAttribute("form", form);
        return "console/refund";
    }

    @PostMapping("/payments/{id}/refund")
    String refund(
            @PathVariable UUID id,
            @RequestParam Map<String, String> sent,
            Model model,
            RedirectAttributes next,
            HttpServletResponse response) {
        Form form = Form.sent(sent, "amount", "reason", "key");
        try {
            actions.refund(
                    id, form.value("amount"), new Reason(form.value("reason")), once(id, form));
            next.addFlashAttribute("notice", "The refund is on its way");
            return PAYMENTS;
        } catch (Problem problem) {
            response.setStatus(problem.status());
            return refund(id, form.refused(problem), model);
        }
    }

    /** The page names itself, so that a form sent twice is one refund. */
    private static IdempotencyKey once(UUID id, Form form) {
        String what = id + " " + form.value("amount") + " " + form.value("reason");
        return form.value("key").isEmpty()
                ? IdempotencyKey.NONE
                : new IdempotencyKey(form.value("key"), "console", what);
    }

    @GetMapping("/provider-events")
    String events(
            @RequestParam(required = false) @Nullable String status,
            PageRequest page,
            Model model) {
        model.addAttribute("status", status == null || status.isBlank() ? null : status);
        model.addAttribute("events", events.search(status, page));
        return "console/provider-events";
    }

    @PostMapping("/provider-events/{id}/process")
    String process(@PathVariable UUID id, RedirectAttributes next) {
        events.processAgain(id);
        next.addFlashAttribute("notice", "It is processed again");
        return "redirect:/console/provider-events";
    }

    @GetMapping("/payment-options")
    String options(Model model) {
        model.addAttribute("options", options.all());
        return "console/payment-options";
    }

    @PostMapping("/payment-options/{type}")
    String turn(
            @PathVariable String type,
            @RequestParam(name = "on", defaultValue = "false") boolean on,
            RedirectAttributes next) {
        PaymentType turned = PaymentType.require(type);
        options.turn(turned, on);
        next.addFlashAttribute("notice", turned.title() + (on ? " is on" : " is off"));
        return "redirect:/console/payment-options";
    }
}
