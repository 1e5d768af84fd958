package com.igny8.credit;

import static java.util.stream.Collectors.groupingBy;

import com.igny8.credit.Bookkeeper.Patience;
import com.igny8.credit.Bookkeeper.Posted;
import com.igny8.tenancy.PlatformTransactions;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Posts what the product does by itself to many accounts, when its time has come. */
@Component
class DueChanges {
    private static final Logger LOG = LoggerFactory.getLogger(DueChanges.class);

    private final PlatformTransactions platform;
    private final Bookkeeper bookkeeper;

    DueChanges(PlatformTransactions platform, Bookkeeper bookkeeper) {
        this.platform = platform;
        this.bookkeeper = bookkeeper;
    }

    /**
     * In one transaction, but for accounts that somebody else holds just now: one each. Where that
     * fails, one for each account, so that none keeps others from what is due.
     *
     * @return how many were done
     */
    int post(List<? extends Change> changes) {
        Map<UUID, ? extends List<? extends Change>> byAccount =
                changes.stream().collect(groupingBy(change -> change.by().accountId()));
        try {
            Posted posted = post(changes, Patience.NONE);
            return done(posted)
                    + posted.leftOut().stream().map(byAccount::get).mapToInt(this::postAlone).sum();
        } catch (RuntimeException failure) {
            LOG.warn("What is due for {} accounts failed together", byAccount.size(), failure);
            return byAccount.values().stream().mapToInt(this::postAlone).sum();
        }
    }

    private Posted post(List<? extends Change> changes, Patience patience) {
        return platform.write(jdbc -> bookkeeper.post(platform::message, changes, patience));
    }

    /**
     * An account that is busy all the time is hardly ever free, but whoever waits has their turn.
     * Where that takes more than a moment, or fails, the next time.
     */
    private int postAlone(List<? extends Change> changes) {
        try {
            return done(post(changes, Patience.SHORT));
        } catch (RuntimeException failure) {
            if (!GroupCommit.isForALock(failure)) {
                LOG.error(
                        "What is due for account {} failed",
                        changes.getFirst().by().accountId(),
                        failure);
            }
            return 0;
        }
    }

    private static int done(Posted posted) {
        return (int) posted.outcomes().stream().filter(Outcome.Done.class::isInstance).count();
    }
}
