package com.igny8.web;

import com.igny8.catalog.CreditCosts;
import com.igny8.catalog.Operation;
import com.igny8.catalog.Plans;
import com.igny8.tenancy.Ungated;

import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** What it is, for those who do not use it yet. */
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
        model.addAttribute("clusteringCost", costs.now().get(Operation.CLUSTERING));
        return "web/home";
    }
}
