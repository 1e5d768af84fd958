package com.igny8.account;

import com.igny8.catalog.Plan;

/** Tells which terms bind an account; billing, which comes after this room, knows. */
@FunctionalInterface
public interface PlanInForce {
    /** The terms that the bound account is on. */
    Plan currentPlan();
}
