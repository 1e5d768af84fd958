package com.igny8.billing;

import com.igny8.catalog.Plan;
import com.igny8.catalog.Plans;
import com.igny8.catalog.PriceTag;
import com.igny8.http.Form;
import com.igny8.kernel.Problem;
import com.igny8.payment.PaymentMethods;
import com.igny8.payment.PaymentOptions;
import com.igny8.tenancy.Role;
import com.igny8.tenancy.Tenancy;
import com.igny8.tenancy.Ungated;

import jakarta.servlet.http.HttpServletResponse;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Changing the plan, for people: chosen first, seen what it comes to, then done. */
@Controller
@RequestMapping("/account/plan")
@Ungated(Ungated.To.OWNER_OF_SUSPENDED)
class PlanPages {
    private static final String[] FIELDS = {"plan", "billing_interval", "payment_method"};

    private final Subscriptions subscriptions;
    private final PlanChanges changes;
    private final OrderCharges charges;
    private final Plans plans;
    private final PaymentMethods methods;
    private final PaymentOptions options;

    PlanPages(
            Subscriptions subscriptions,
            PlanChanges changes,
            OrderCharges charges,
            Plans plans,
            PaymentMethods methods,
            PaymentOptions options) {
        this.subscriptions = subscriptions;
        this.changes = changes;
        this.charges = charges;
        this.plans = plans;
        this.methods = methods;
        this.options = options;
    }

    @GetMapping
    String choose(
            @RequestParam Map<String, String> sent, Model model, HttpServletResponse response) {
        Tenancy.caller().require(Role.OWNER);
        Form form = Form.sent(sent, FIELDS);
        if (form.value("plan").isEmpty()) {
            return show(form, null, model);
        }
        try {
            return show(form, changes.preview(wanted(form)), model);
        } catch (Problem problem) {
            response.setStatus(problem.status());
            return show(form.refused(problem), null, model);
        }
    }

    @PostMapping
    String change(
            @RequestParam Map<String, String> sent,
            Model model,
            RedirectAttributes next,
            HttpServletResponse response) {
        Form form = Form.sent(sent, FIELDS);
        try {
            PlanChanges.Done done = changes.change(wanted(form));
            String told =
                    switch (done.change().effect()) {
                        case AT_ONCE, WHEN_PAID -> "You are on %s now";
                        case AT_PERIOD_END -> "Your plan changes to %s with the next period";
                        case KEPT -> "You stay on %s";
                    };
            String notice = told.formatted(done.change().plan().name());
            if (done.invoice().isPresent()) {
                return AccountPages.toPay(charges.settle(done.invoice().get().id()), notice, next);
            }
            next.addFlashAttribute("notice", notice);
            return "redirect:/account";
        } catch (Problem problem) {
            response.setStatus(problem.status());
            // What is wrong with how it is paid stands beside what it comes to
            boolean isSeen = problem.fields().containsKey("payment_method");
            return show(
                    form.refused(problem), isSeen ? changes.preview(wanted(form)) : null, model);
        }
    }

    private static PlanChanges.Wanted wanted(Form form) {
        String method = form.value("payment_method");
        return new PlanChanges.Wanted(
                form.value("plan"),
                BillingInterval.require(form.value("billing_interval")),
                method.isEmpty() ? null : method);
    }

    private String show(Form form, @Nullable PlanChange change, Model model) {
        List<Plan> onOffer =
                plans.onOffer().stream().filter(plan -> plan.trialDays() == null).toList();
        Map<String, String> names = new LinkedHashMap<>();
        onOffer.forEach(plan -> names.put(plan.slug(), named(plan)));
        model.addAttribute("form", form);
        model.addAttribute("change", change);
        model.addAttribute("subscription", subscriptions.current());
        model.addAttribute("plans", names);
        model.addAttribute("hasAnnual", onOffer.stream().anyMatch(PlanPages::hasAnnual));
        Map<String, String> intervals = new LinkedHashMap<>();
        intervals.put(BillingInterval.MONTH.key(), "by the month");
        intervals.put(BillingInterval.YEAR.key(), "by the year");
        model.addAttribute("intervals", intervals);
        model.addAttribute("needsMethod", methods.byDefault().isEmpty());
        model.addAttribute("options", options.all());
        return "billing/change-plan";
    }

    private static String named(Plan plan) {
        PriceTag monthly = plan.terms().monthlyTag();
        String name = "%s: %s %s".formatted(plan.name(), monthly.figure(), monthly.unit());
        return PriceTag.annual(plan.terms())
                .map(annual -> "%s, or %s %s".formatted(name, annual.figure(), annual.unit()))
                .orElse(name);
    }

    private static boolean hasAnnual(Plan plan) {
        return plan.terms().annualPrice().isPresent();
    }
}
