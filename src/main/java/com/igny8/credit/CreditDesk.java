package com.igny8.credit;

import com.igny8.tenancy.Tenancy;

import org.springframework.stereotype.Component;

import java.util.List;

/**
 * Where workers come with changes of the bound account's credits and nothing else: theirs go with
 * those of others into one commit. Each is answered when its own is durable.
 */
@Component
class CreditDesk {
    private final GroupCommit groupCommit;

    CreditDesk(GroupCommit groupCommit) {
        this.groupCommit = groupCommit;
    }

    Outcome.Done post(Change change) {
        return post(List.of(change)).getFirst().orThrow();
    }

    /** Each with its own outcome, in their order; a refusal has no effect on the others. */
    List<Outcome> post(List<? extends Change> changes) {
        for (Change change : changes) {
            if (!change.by().accountId().equals(Tenancy.accountId())) {
                // The lanes know no bound account: this is the last place that does
                throw new IllegalStateException("A change of another account");
            }
        }
        return groupCommit.post(Tenancy.accountId(), changes);
    }
}
