package com.igny8.console;

import static java.util.stream.Collectors.toMap;

import com.igny8.catalog.CostSchedule;
import com.igny8.catalog.CreditCost;
import com.igny8.catalog.CreditPack;
import com.igny8.catalog.CreditPacks;
import com.igny8.catalog.Operation;
import com.igny8.http.Form;
import com.igny8.http.Typed;
import com.igny8.kernel.IfMatch;
import com.igny8.kernel.Problem;
import com.igny8.tenancy.Ungated;

import jakarta.servlet.http.HttpServletResponse;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/** What operations cost in credits, and what packs of credits cost in money, for operators. */
@Controller
@Ungated(Ungated.To.EVERYBODY)
class ConsolePricePages {
    private static final String[] COST = {"operation", "credits", "effective_from"};
    private static final String[] PACK = {
        "slug", "credits", "currency", "price", "valid_months", "is_active", "position"
    };

    private final CostSchedule schedule;
    private final CreditPacks packs;

    ConsolePricePages(CostSchedule schedule, CreditPacks packs) {
        this.schedule = schedule;
        this.packs = packs;
    }

    @GetMapping("/console/credit-costs")
    String costs(Model model) {
        return showCosts(Form.blank(COST), model);
    }

    private String showCosts(Form form, Model model) {
        model.addAttribute("costs", schedule.all());
        model.addAttribute(
                "operations",
                Arrays.stream(Operation.values())
                        .collect(
                                toMap(
                                        Operation::key,
                                        operation ->
                                                operation.label() + ", for " + operation.unit(),
                                        (one, other) -> one,
                                        LinkedHashMap::new)));
        model.addAttribute("form", form);
        return "console/credit-costs";
    }

    @PostMapping("/console/credit-costs")
    String schedule(
            @RequestParam Map<String, String> sent,
            Model model,
            RedirectAttributes next,
            HttpServletResponse response) {
        Form form = Form.sent(sent, COST);
        try {
            Typed typed = new Typed(form);
            long credits = typed.whole("credits");
            typed.requireAll();
            CreditCost cost =
                    schedule.schedule(
                            ConsoleCostApi.operation(form.value("operation")),
                            credits,
                            moment(form.value("effective_from")));
            next.addFlashAttribute(
                    "notice", "%s: the new cost is set".formatted(cost.operation().label()));
            return "redirect:/console/credit-costs";
        } catch (Problem problem) {
            response.setStatus(problem.status());
            return showCosts(form.refused(problem), model);
        }
    }

    /** As a browser sends it, in UTC; null where nothing was typed. */
    private static @Nullable Instant moment(String typed) {
        try {
            return typed.isBlank() ? null : LocalDateTime.parse(typed).toInstant(ZoneOffset.UTC);
        } catch (DateTimeParseException notAMoment) {
            throw Problem.invalid("effective_from", "Enter a date and a time, as 2027-01-01T00:00");
        }
    }

    @PostMapping("/console/credit-costs/{id}/withdraw")
    String withdraw(@PathVariable UUID id, RedirectAttributes next) {
        schedule.withdraw(id);
        next.addFlashAttribute("notice", "The cost that was to come is withdrawn");
        return "redirect:/console/credit-costs";
    }

    @GetMapping("/console/credit-packs")
    String packs(Model model) {
        model.addAttribute("packs", packs.all());
        return "console/credit-packs";
    }

    @GetMapping("/console/credit-packs/new")
    String blankPack(Model model) {
        Map<String, String> usual =
                Map.of(
                        "currency", "USD",
                        "valid_months", "12",
                        "is_active", "true",
                        "position", "100");
        return showPack(null, Form.sent(usual, PACK), model);
    }

    private static String showPack(@Nullable CreditPack pack, Form form, Model model) {
        model.addAttribute("pack", pack);
        model.addAttribute("title", pack == null ? "New pack" : pack.name());
        model.addAttribute("form", form);
        return "console/credit-pack";
    }

    @PostMapping("/console/credit-packs/new")
    String createPack(
            @RequestParam Map<String, String> sent,
            Model model,
            RedirectAttributes next,
            HttpServletResponse response) {
        Form form = Form.sent(sent, PACK);
        try {
            String slug = form.value("slug").strip();
            CreditPack pack = packs.create(slug.isEmpty() ? null : slug, offer(form));
            next.addFlashAttribute("notice", pack.name() + " can be sold now");
            return "redirect:/console/credit-packs";
        } catch (Problem problem) {
            response.setStatus(problem.status());
            return showPack(null, form.refused(problem), model);
        }
    }

    private static CreditPack.Offer offer(Form form) {
        Typed typed = new Typed(form);
        String currency = form.value("currency").strip();
        long credits = typed.whole("credits");
        long price = typed.minor("price", currency);
        int months = typed.count("valid_months");
        int position = typed.count("position");
        typed.requireAll();
        return new CreditPack.Offer(
                credits, currency, price, months, typed.isTicked("is_active"), position);
    }

    @GetMapping("/console/credit-packs/{slug}")
    String pack(@PathVariable String slug, Model model) {
        CreditPack pack = packs.get(slug);
        CreditPack.Offer offer = pack.offer();
        Map<String, String> values =
                Map.of(
                        "credits", Long.toString(offer.credits()),
                        "currency", offer.currency(),
                        "price", offer.price().decimal(),
                        "valid_months", Integer.toString(offer.validMonths()),
                        "is_active", offer.isActive() ? "true" : "",
                        "position", Integer.toString(offer.position()));
        return showPack(pack, Form.sent(values, PACK), model);
    }

    @PostMapping("/console/credit-packs/{slug}")
    String changePack(
            @PathVariable String slug,
            @RequestParam Map<String, String> sent,
            Model model,
            RedirectAttributes next,
            HttpServletResponse response) {
        CreditPack pack = packs.get(slug);
        Form form = Form.sent(sent, PACK);
        try {
            packs.change(slug, offer(form), IfMatch.ANYTHING);
            next.addFlashAttribute("notice", "Pack saved");
            return "redirect:/console/credit-packs";
        } catch (Problem problem) {
            response.setStatus(problem.status());
            return showPack(pack, form.refused(problem), model);
        }
    }
}
