package com.igny8.web;

import static java.util.stream.Collectors.toMap;

import com.igny8.catalog.CreditCosts;
import com.igny8.catalog.Operation;
import com.igny8.catalog.Plans;
import com.igny8.tenancy.Ungated;

import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

import java.util.Arrays;
import java.util.Map;

/** What it is and what it costs, for those who do not use it yet. */
@Controller
@Ungated(Ungated.To.EVERYBODY)
class HomePages {
    private final Plans plans;
    private final CreditCosts costs;

    HomePages(Plans plans, CreditCosts costs) {
        this.plans = plans;
        this.costs = costs;
    }

    @GetMapping("/")
    String home(Model model) {
        model.addAttribute("trial", plans.latest(Plans.FREE_TRIAL).orElseThrow());
        model.addAttribute("costs", unitCosts());
        return "web/home";
    }

    @GetMapping("/pricing")
    String pricing(Model model) {
        model.addAttribute("trial", plans.latest(Plans.FREE_TRIAL).orElseThrow());
        model.addAttribute("plans", plans.onOffer());
        model.addAttribute("costs", unitCosts());
        return "web/pricing";
    }

    /** What one unit of each operation costs now. */
    private Map<String, Long> unitCosts() {
        return Arrays.stream(Operation.values())
                .collect(toMap(Operation::key, operation -> costs.of(operation, 1)));
    }
}
