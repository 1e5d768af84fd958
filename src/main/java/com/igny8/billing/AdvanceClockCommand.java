package com.igny8.billing;

import com.igny8.account.Account;
import com.igny8.account.Accounts;
import com.igny8.kernel.Problem;
import com.igny8.tenancy.Caller;
import com.igny8.tenancy.Tenancy;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * {@code advance-clock <account id> [months]}: gives the account a test clock where it has none,
 * and advances it, with all that falls due on the way; beside the product that runs, or without.
 */
public final class AdvanceClockCommand {
    public static final String NAME = "advance-clock";

    private static final String USAGE = "Usage: advance-clock <account id> [months, from 1 to 60]";

    private AdvanceClockCommand() {}

    private record Wanted(UUID accountId, int months) {}

    /**
     * Gives the exit code.
     *
     * @param product what is started, in part
     */
    public static int run(Class<?> product, String... arguments) {
        Optional<Wanted> wanted = parse(arguments);
        if (wanted.isEmpty()) {
            System.out.println(USAGE);
            return 1;
        }
        try (var context = started(product, arguments)) {
            return carriedOut(wanted.get(), context);
        }
    }

    /** Options are the product's; nothing where the rest makes no sense. */
    private static Optional<Wanted> parse(String... arguments) {
        List<String> words =
                Arrays.stream(arguments).filter(word -> !word.startsWith("--")).skip(1).toList();
        if (words.isEmpty() || words.size() > 2) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    new Wanted(
                            UUID.fromString(words.getFirst()),
                            words.size() == 1 ? 1 : Integer.parseInt(words.getLast())));
        } catch (IllegalArgumentException neitherIdNorNumber) {
            return Optional.empty();
        }
    }

    /** No pages, no jobs, nothing that is not asked for. */
    private static ConfigurableApplicationContext started(Class<?> product, String... arguments) {
        String[] all = Arrays.copyOf(arguments, arguments.length + 1);
        all[arguments.length] = "--igny8.jobs.workers=0";
        return new SpringApplicationBuilder(product)
                .web(WebApplicationType.NONE)
                .lazyInitialization(true)
                .logStartupInfo(false)
                .properties("igny8.joins=true")
                .run(all);
    }

    private static int carriedOut(Wanted wanted, ApplicationContext context) {
        try {
            Account account = context.getBean(Accounts.class).customer(wanted.accountId());
            Tenancy.as(
                    Caller.system(account.id()),
                    () -> {
                        advance(context.getBean(TestClocks.class), wanted.months());
                        tell(context);
                        return true;
                    });
            return 0;
        } catch (Problem problem) {
            System.out.println(problem.sentence());
            return 1;
        }
    }

    private static void advance(TestClocks clocks, int months) {
        if (clocks.time().isEmpty()) {
            System.out.println("It has a test clock from now on, which says " + clocks.give());
        }
        System.out.println("It is " + clocks.advance(months, 0) + " by now");
    }

    private static void tell(ApplicationContext context) {
        Account account = context.getBean(Accounts.class).current();
        System.out.printf("The account %s is %s%n", account.name(), account.status().key());
        context.getBean(Subscriptions.class)
                .find()
                .ifPresent(
                        subscription ->
                                System.out.printf(
                                        "Its subscription to %s is %s, until %s%n",
                                        subscription.plan().name(),
                                        subscription.status().key(),
                                        subscription.currentPeriodEnd()));
    }
}
