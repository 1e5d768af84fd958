package com.igny8.credit;

import static java.util.stream.Collectors.groupingBy;

import com.igny8.credit.Bookkeeper.Patience;
import com.igny8.credit.Bookkeeper.Posted;
import com.igny8.tenancy.PlatformTransactions;

import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Posts what the product does by itself to many accounts, when its time has come. */
@Component
class DueChanges {
    private final PlatformTransactions platform;
    private final Bookkeeper bookkeeper;

    DueChanges(PlatformTransactions platform, Bookkeeper bookkeeper) {
        this.platform = platform;
        this.bookkeeper = bookkeeper;
    }

    /**
     * In one transaction, but for accounts that somebody else holds just now: one each.
     *
     * @return how many were done
     */
    int post(List<? extends Change> changes) {
        Posted posted =
                platform.write(jdbc -> bookkeeper.post(platform::message, changes, Patience.NONE));
        Map<UUID, ? extends List<? extends Change>> byAccount =
                changes.stream().collect(groupingBy(change -> change.by().accountId()));
        int inLine = posted.leftOut().stream().map(byAccount::get).mapToInt(this::postInLine).sum();
        return done(posted) + inLine;
    }

    /**
     * An account that is busy all the time is hardly ever free, but whoever waits has their turn.
     * Where that takes more than a moment, the next time.
     */
    private int postInLine(List<? extends Change> changes) {
        try {
            return done(
                    platform.write(
                            jdbc -> bookkeeper.post(platform::message, changes, Patience.SHORT)));
        } catch (DataAccessException failure) {
            if (!GroupCommit.isForALock(failure)) {
                throw failure;
            }
            return 0;
        }
    }

    private static int done(Posted posted) {
        return (int) posted.outcomes().stream().filter(Outcome.Done.class::isInstance).count();
    }
}
