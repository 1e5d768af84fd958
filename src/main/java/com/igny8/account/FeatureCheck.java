package com.igny8.account;

import com.igny8.catalog.Feature;
import com.igny8.catalog.Plan;
import com.igny8.catalog.Plans;
import com.igny8.kernel.Problem;

import org.springframework.stereotype.Component;

/** Whether the plan of the bound account includes a feature; asked by whoever provides it. */
@Component
public class FeatureCheck {
    private final PlanInForce inForce;
    private final Plans plans;

    FeatureCheck(PlanInForce inForce, Plans plans) {
        this.inForce = inForce;
        this.plans = plans;
    }

    /** 403 where the plan does not include it, with the cheapest plan on offer that does. */
    public void require(Feature feature) {
        Plan plan = inForce.currentPlan();
        if (!plan.terms().has(feature)) {
            throw plans.cheapestWith(feature)
                    .map(other -> refusal(feature, plan, other))
                    .orElseGet(() -> refusal(feature, plan));
        }
    }

    private static Problem refusal(Feature feature, Plan plan, Plan other) {
        return Problem.forbidden(
                        "feature_not_in_plan",
                        "%s is not part of %s. The plan %s has it"
                                .formatted(feature.label(), plan.name(), other.name()))
                .with("feature", feature.key())
                .with("current_plan", plan.slug())
                .with("plan", other.slug());
    }

    private static Problem refusal(Feature feature, Plan plan) {
        return Problem.forbidden(
                        "feature_not_in_plan",
                        "%s is not part of %s. Ask us for a plan that has it"
                                .formatted(feature.label(), plan.name()))
                .with("feature", feature.key())
                .with("current_plan", plan.slug());
    }
}
