package com.igny8.billing;

import com.igny8.account.Account;
import com.igny8.account.Accounts;
import com.igny8.kernel.Problem;
import com.igny8.tenancy.Caller;
import com.igny8.tenancy.Tenancy;

import org.springframework.context.ApplicationContext;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * {@code advance-clock <account id> [months]}: gives the account a test clock where it has none,
 * and advances it, with all that falls due on the way.
 */
public record AdvanceClockCommand(UUID accountId, int months) {
    public static final String NAME = "advance-clock";

    private static final String USAGE = "Usage: advance-clock <account id> [months, from 1 to 60]";

    /** What was typed; nothing, and a word about it, where it makes no sense. */
    public static Optional<AdvanceClockCommand> parse(String... arguments) {
        List<String> words =
                Arrays.stream(arguments).filter(word -> !word.startsWith("--")).skip(1).toList();
        try {
            if (words.size() == 1 || words.size() == 2) {
                return Optional.of(
                        new AdvanceClockCommand(
                                UUID.fromString(words.getFirst()),
                                words.size() == 1 ? 1 : Integer.parseInt(words.getLast())));
            }
        } catch (IllegalArgumentException notOurs) {
            // As good as missing
        }
        System.out.println(USAGE);
        return Optional.empty();
    }

    /** Gives the exit code. */
    public int run(ApplicationContext context) {
        try {
            Account account = context.getBean(Accounts.class).customer(accountId);
            Tenancy.as(
                    Caller.system(account.id()),
                    () -> {
                        advance(context.getBean(TestClocks.class));
                        tell(context);
                        return true;
                    });
            return 0;
        } catch (Problem problem) {
            System.out.println(problem.sentence());
            return 1;
        }
    }

    private void advance(TestClocks clocks) {
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
