package com.igny8.console;

import com.igny8.billing.Subscribers;
import com.igny8.catalog.Plan;
import com.igny8.catalog.PlanEditing;
import com.igny8.catalog.PlanVersion;

import org.springframework.stereotype.Component;

import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Plans as operators see them: with all their terms, and who is on which. */
@Component
class PlanFiles {
    private final PlanEditing editing;
    private final Subscribers subscribers;

    PlanFiles(PlanEditing editing, Subscribers subscribers) {
        this.editing = editing;
        this.subscribers = subscribers;
    }

    /** Terms of a plan, and how many are on them. */
    record Counted(PlanVersion version, long subscribers) {}

    /** A plan as it is sold now, with all the terms it ever had, the latest first. */
    record PlanFile(Plan plan, List<Counted> versions) {
        public long subscribers() {
            return versions.stream().mapToLong(Counted::subscribers).sum();
        }
    }

    List<PlanFile> all() {
        Map<UUID, Long> counts = subscribers.byPlanVersion();
        return editing.all().stream().map(plan -> file(plan, counts)).toList();
    }

    PlanFile of(Plan plan) {
        return file(plan, subscribers.byPlanVersion());
    }

    private PlanFile file(Plan plan, Map<UUID, Long> counts) {
        return new PlanFile(
                plan,
                editing.versions(plan).stream()
                        .map(version -> new Counted(version, counts.getOrDefault(version.id(), 0L)))
                        .toList());
    }
}
