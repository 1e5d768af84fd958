package com.igny8.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.igny8.kernel.Problem;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

import org.assertj.core.api.InstanceOfAssertFactories;

import java.util.List;
import java.util.UUID;

class LimitProperties {

    private static Plan plan(Limit limited, int allowed) {
        return new Plan(
                UUID.randomUUID(),
                UUID.randomUUID(),
                1,
                "growth",
                "Growth",
                true,
                true,
                1,
                new PlanTerms(
                        "USD",
                        13_900,
                        null,
                        2_000,
                        false,
                        false,
                        limited == Limit.MAX_SITES ? allowed : 0,
                        limited == Limit.MAX_USERS ? allowed : 0,
                        limited == Limit.MAX_SECTORS_PER_SITE ? allowed : 0,
                        null,
                        List.of(),
                        null,
                        null,
                        null));
    }

    @Property(tries = 500)
    void thereIsRoomUntilAsManyAreThereAsAllowed(
            @ForAll Limit limit,
            @ForAll @IntRange(min = 1, max = 1_000_000) int allowed,
            @ForAll @LongRange(min = 0, max = 1_100_000) long present) {
        Plan plan = plan(limit, allowed);

        if (present < allowed) {
            plan.requireRoom(limit, present);
        } else {
            assertThatThrownBy(() -> plan.requireRoom(limit, present))
                    .asInstanceOf(InstanceOfAssertFactories.type(Problem.class))
                    .satisfies(
                            problem -> {
                                assertThat(problem.status()).isEqualTo(403);
                                assertThat(problem.code()).isEqualTo("limit_reached");
                                assertThat(problem.details())
                                        .containsEntry("limit", limit.key())
                                        .containsEntry("value", allowed)
                                        .containsEntry("plan", "growth");
                                assertThat(problem.sentence()).contains("Growth is limited to");
                            });
        }
        assertThat(limit.isExceeded(plan.terms(), present)).isEqualTo(present > allowed);
    }

    @Property(tries = 200)
    void zeroIsNoLimit(
            @ForAll Limit limit,
            @ForAll @LongRange(min = 0, max = Long.MAX_VALUE - 1) long present) {
        Plan plan = plan(limit, 0);

        plan.requireRoom(limit, present);

        assertThat(limit.isExceeded(plan.terms(), present)).isFalse();
        assertThat(limit.inWords(plan.terms())).startsWith("Unlimited ");
    }
}
