package com.igny8.payment;

import com.igny8.kernel.Problem;
import com.igny8.tenancy.Ungated;

import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Where pages of providers lead back to. What was done there is asked of them, not taken from it.
 */
@Controller
@RequestMapping("/account/payments/return")
@Ungated(Ungated.To.OWNER_OF_SUSPENDED)
class ProviderReturn {
    /** What Stripe, PayPal's orders and PayPal's vault call the page that somebody comes from. */
    private static final List<String> NAMES = List.of("reference", "token", "approval_token_id");

    private final Checkouts checkouts;

    ProviderReturn(Checkouts checkouts) {
        this.checkouts = checkouts;
    }

    @GetMapping("/{type}")
    String back(
            @PathVariable String type,
            @RequestParam Map<String, String> sent,
            RedirectAttributes next) {
        try {
            checkouts.returned(PaymentType.require(type), reference(sent));
            next.addFlashAttribute("notice", "Thank you. What is paid shows below");
        } catch (Problem problem) {
            if (problem.status() < 500) {
                throw problem;
            }
            // They tell us by an event too
            next.addFlashAttribute("notice", "Thank you. It takes a moment until it shows below");
        }
        return "redirect:/account/payments";
    }

    private static String reference(Map<String, String> sent) {
        return NAMES.stream()
                .map(sent::get)
                .filter(Objects::nonNull)
                .findFirst()
                .orElseThrow(() -> Problem.invalid("reference", "Must name the page"));
    }
}
