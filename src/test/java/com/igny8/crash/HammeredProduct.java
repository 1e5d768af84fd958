package com.igny8.crash;

import com.igny8.Igny8;
import com.igny8.credit.Entry;
import com.igny8.credit.KeyedDeduction;
import com.igny8.credit.Ledger;
import com.igny8.credit.NewGrant;
import com.igny8.kernel.Problem;
import com.igny8.tenancy.Caller;
import com.igny8.tenancy.Role;
import com.igny8.tenancy.Tenancy;

import org.springframework.boot.SpringApplication;
import org.springframework.context.ApplicationContext;

import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The product, with many at once at the ledger of each account it is given. Says on its output what
 * it was told is done, once it was told so, one line for each: what it did, its reference, and the
 * number of the entry. What it does not say may or may not have been done.
 */
final class HammeredProduct {
    static final String READY = "READY";
    static final String DONE = "DONE";

    private static final int THREADS = 24;
    private static final Duration SOON = Duration.ofSeconds(2);

    private HammeredProduct() {}

    /** Arguments that are UUIDs are accounts to hammer on, all others are the product's. */
    public static void main(String[] arguments) {
        var context = SpringApplication.run(Igny8.class, arguments);
        Ledger ledger = context.getBean(Ledger.class);
        System.out.println(READY);
        for (String argument : arguments) {
            if (argument.matches("[0-9a-f-]{36}")) {
                Caller caller =
                        new Caller(
                                UUID.fromString(argument),
                                UUID.randomUUID(),
                                Role.OWNER,
                                Caller.Via.JOB);
                for (int i = 0; i < THREADS; i++) {
                    Thread.ofVirtual().start(() -> hammer(context, ledger, caller));
                }
            }
        }
    }

    private static void hammer(ApplicationContext context, Ledger ledger, Caller caller) {
        while (true) {
            String reference = UUID.randomUUID().toString();
            try {
                String done = Tenancy.as(caller, () -> something(context, ledger, reference));
                // One write of one line, so that lines of many threads do not mix
                System.out.print(DONE + " " + done + "\n");
            } catch (Problem refused) {
                // Not enough credits just now
            } catch (RuntimeException databaseIsGone) {
                pause();
            }
        }
    }

    private static String something(ApplicationContext context, Ledger ledger, String reference) {
        long amount = ThreadLocalRandom.current().nextLong(1, 20);
        Duration aWhile = Duration.ofMinutes(5);
        return switch (ThreadLocalRandom.current().nextInt(8)) {
            case 0 -> {
                var grant =
                        new NewGrant(Entry.Type.GRANT, 2 * amount, reference, 10, null, "Hammered");
                yield "granted " + reference + " " + ledger.grant(grant).id();
            }
            case 1 -> {
                UUID hold = ledger.hold(amount, "test", reference, aWhile).id();
                ledger.release(hold);
                yield "released " + hold + " 0";
            }
            case 2 -> {
                UUID hold = ledger.hold(amount, "test", reference, aWhile).id();
                yield "captured " + hold + " " + ledger.capture(hold, amount, "Hammered").id();
            }
            case 3 -> "held " + ledger.hold(1, "test", reference, SOON).id() + " 0";
            case 4, 5, 6 -> "deducted " + reference + " " + askedTwice(context, amount, reference);
            default ->
                    "deducted "
                            + reference
                            + " "
                            + ledger.deduct(amount, "test", reference, "Hammered").id();
        };
    }

    /** As a worker does that did not hear the first answer. */
    private static long askedTwice(ApplicationContext context, long amount, String reference) {
        try {
            KeyedDeduction.post(context, amount, reference);
        } catch (Problem refused) {
            if (refused.status() != 503) {
                throw refused;
            }
        }
        return KeyedDeduction.post(context, amount, reference);
    }

    private static void pause() {
        try {
            Thread.sleep(50);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }
}
