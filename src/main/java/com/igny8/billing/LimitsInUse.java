package com.igny8.billing;

import com.igny8.account.Invitations;
import com.igny8.catalog.Limit;
import com.igny8.catalog.Plan;
import com.igny8.kernel.Problem;

import org.springframework.stereotype.Component;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Whether what an account has fits another plan. */
@Component
class LimitsInUse {
    private final Invitations invitations;
    private final PresentCount presentCount;

    LimitsInUse(Invitations invitations, PresentCount presentCount) {
        this.invitations = invitations;
        this.presentCount = presentCount;
    }

    /** A limit of which there is more than a plan allows. */
    record Exceeded(String limit, long allowed, long present) {
        String inWords() {
            Limit which = Limit.valueOf(limit.toUpperCase(Locale.ROOT));
            return "%s, and you have %,d".formatted(which.inWords(allowed), present);
        }
    }

    /** What the bound account would have too much of on the plan. */
    List<Exceeded> exceededOn(Plan plan) {
        return Arrays.stream(Limit.values())
                .map(
                        limit ->
                                new Exceeded(
                                        limit.key(), limit.allowedBy(plan.terms()), present(limit)))
                .filter(each -> each.allowed() != 0 && each.present() > each.allowed())
                .toList();
    }

    private long present(Limit limit) {
        return switch (limit) {
            case MAX_USERS -> invitations.seatCount().taken();
            case MAX_SITES, MAX_SECTORS_PER_SITE -> presentCount.of(limit);
        };
    }

    /** 409 with the list where there is too much of something. */
    void requireFit(Plan plan) {
        List<Exceeded> exceeded = exceededOn(plan);
        if (!exceeded.isEmpty()) {
            throw Problem.conflict(
                            "limits_exceeded",
                            "%s allows less than you have: %s. Remove what is too much first"
                                    .formatted(plan.name(), inWords(exceeded)))
                    .with("limits", exceeded);
        }
    }

    static String inWords(List<Exceeded> exceeded) {
        return String.join("; ", exceeded.stream().map(Exceeded::inWords).toList());
    }
}
