package com.igny8.credit;

import com.igny8.kernel.Problem;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** An account's budgets while its book is open: what is on hold counts as used. */
final class BudgetSheet {
    private final Map<UUID, Budget> budgets = new LinkedHashMap<>();
    private final Map<UUID, Budget> changed = new LinkedHashMap<>();

    void put(Budget budget) {
        budgets.put(budget.id(), budget);
    }

    /** Counts what a member uses on a site; 403 where that is more than either budget has. */
    void use(@Nullable UUID userId, @Nullable UUID siteId, long amount, Instant now) {
        LocalDate month = month(now);
        List<Budget> covering = covering(userId, siteId);
        requireLeft(covering, amount, month);
        covering.forEach(budget -> change(budget.using(amount, month)));
    }

    private static void requireLeft(List<Budget> covering, long amount, LocalDate month) {
        for (Budget budget : covering) {
            if (budget.leftIn(month) < amount) {
                throw Problem.forbidden(
                                "budget_exceeded",
                                "This needs %d credits, %d are left this month in the budget of this %s"
                                        .formatted(amount, budget.leftIn(month), budget.kind()))
                        .with("required", amount)
                        .with("budget", budget.id())
                        .with("monthly_limit", budget.monthlyLimit());
            }
        }
    }

    /**
     * Counts what the work did cost in place of what was held for it; 403 where that is more, and
     * the rest more than is left.
     */
    void settle(Hold hold, long taken, Instant now) {
        LocalDate month = month(now);
        LocalDate heldIn = month(hold.createdAt());
        List<Budget> covering = covering(hold.userId(), hold.siteId());
        if (taken > hold.amount()) {
            requireLeft(covering, taken - hold.amount(), month);
        }
        for (Budget budget : covering) {
            long before = heldIn.equals(budget.monthFor(month)) ? hold.amount() : 0;
            change(budget.using(taken - before, month));
        }
    }

    private List<Budget> covering(@Nullable UUID userId, @Nullable UUID siteId) {
        return budgets.values().stream().filter(budget -> budget.covers(userId, siteId)).toList();
    }

    private void change(Budget budget) {
        budgets.put(budget.id(), budget);
        changed.put(budget.id(), budget);
    }

    static LocalDate month(Instant now) {
        return now.atOffset(ZoneOffset.UTC).toLocalDate().withDayOfMonth(1);
    }

    /** Those to be written down. */
    Collection<Budget> changed() {
        return changed.values();
    }
}
