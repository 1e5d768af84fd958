package com.igny8.credit;

import com.igny8.tenancy.DatabaseOnly;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.annotation.Import;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

/**
 * {@code check-ledger}: adds every account's credits up again, prints the first breaks, and exits
 * with 0 where there are none, else with 1. Starts nothing but the database, and not even that
 * where the product runs.
 */
public final class LedgerCheckCommand {
    public static final String NAME = "check-ledger";

    /** The rest is counted: whoever has that many looks for one cause. */
    private static final int SHOWN = 20;

    private LedgerCheckCommand() {}

    /** Gives the exit code. */
    public static int run(String... arguments) {
        var application =
                new SpringApplicationBuilder(Sources.class)
                        .web(WebApplicationType.NONE)
                        .properties("igny8.joins=true")
                        .logStartupInfo(false);
        try (var context = application.run(arguments)) {
            return report(context.getBean(LedgerCheck.class));
        }
    }

    /** What the command needs of the product. */
    @Import({DatabaseOnly.class, LedgerCheck.class})
    static final class Sources {}

    private static int report(LedgerCheck check) {
        Instant start = Instant.now();
        AtomicLong breaks = new AtomicLong();
        long accounts =
                check.run(
                        found -> {
                            if (breaks.incrementAndGet() <= SHOWN) {
                                System.out.printf(
                                        "BREAK account %s: %s%n", found.accountId(), found.what());
                            }
                        });
        System.out.printf(
                "%,d accounts checked in %.1f s: %s%n",
                accounts,
                Duration.between(start, Instant.now()).toMillis() / 1_000.0,
                breaks.get() == 0
                        ? "everything adds up"
                        : "%,d breaks, the first %d above"
                                .formatted(breaks.get(), Math.min(SHOWN, breaks.get())));
        return breaks.get() == 0 ? 0 : 1;
    }
}
