package com.igny8.web;

import com.igny8.catalog.CreditCosts;
import com.igny8.catalog.CreditPacks;
import com.igny8.catalog.Plan;
import com.igny8.catalog.Plans;
import com.igny8.catalog.PriceTag;
import com.igny8.tenancy.Ungated;

import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

import java.util.List;
import java.util.Optional;

/** What it costs. */
@Controller
@Ungated(Ungated.To.EVERYBODY)
class PricingPages {
    private static final String ANNUAL = "annual";

    private final Plans plans;
    private final CreditPacks packs;
    private final CreditCosts costs;

    PricingPages(Plans plans, CreditPacks packs, CreditCosts costs) {
        this.plans = plans;
        this.packs = packs;
        this.costs = costs;
    }

    /** A plan on the list, and where to sign up for it, or change to it, on these terms. */
    record Card(Plan plan, PriceTag price, String signUp, String change) {
        static Card of(Plan plan, boolean byTheYear) {
            Optional<PriceTag> annual =
                    byTheYear ? PriceTag.annual(plan.terms()) : Optional.empty();
            String signUp = "/signup?plan=" + plan.slug();
            String change = "/account/plan?plan=" + plan.slug() + "&billing_interval=";
            return new Card(
                    plan,
                    annual.orElseGet(() -> PriceTag.monthly(plan.terms())),
                    annual.isPresent() ? signUp + "&billing=" + ANNUAL : signUp,
                    change + (annual.isPresent() ? "year" : "month"));
        }
    }

    @GetMapping("/pricing")
    String pricing(@RequestParam(defaultValue = "") String billing, Model model) {
        List<Plan> onOffer =
                plans.onOffer().stream()
                        .filter(plan -> !plan.slug().equals(Plans.FREE_TRIAL))
                        .toList();
        boolean byTheYear = billing.equals(ANNUAL);
        model.addAttribute("trial", plans.latest(Plans.FREE_TRIAL).orElseThrow());
        model.addAttribute(
                "cards", onOffer.stream().map(plan -> Card.of(plan, byTheYear)).toList());
        model.addAttribute(
                "hasAnnual",
                onOffer.stream().anyMatch(plan -> plan.terms().annualPrice().isPresent()));
        model.addAttribute("byTheYear", byTheYear);
        model.addAttribute(
                "byAgreement",
                plans.latest(Plans.ENTERPRISE)
                        .filter(Plan::isActive)
                        .filter(plan -> !plan.isPublic())
                        .orElse(null));
        model.addAttribute("packs", packs.onOffer());
        model.addAttribute("costs", costs.now());
        return "web/pricing";
    }
}
