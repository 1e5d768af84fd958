package com.igny8.billing;

import com.igny8.kernel.Problem;
import com.igny8.tenancy.Caller;
import com.igny8.tenancy.Tenancy;

import org.springframework.context.ApplicationContext;

import java.util.UUID;

/**
 * {@code advance-clock <account id> [months]}: gives the account a test clock where it has none,
 * and advances it, with all that falls due on the way.
 */
public final class AdvanceClockCommand {
    public static final String NAME = "advance-clock";

    private AdvanceClockCommand() {}

    /** Gives the exit code. */
    public static int run(ApplicationContext context, String... arguments) {
        try {
            UUID account = UUID.fromString(arguments[1]);
            int months = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 1;
            TestClocks clocks = context.getBean(TestClocks.class);
            Tenancy.as(
                    Caller.system(account),
                    () -> {
                        if (clocks.time().isEmpty()) {
                            System.out.println("A test clock at " + clocks.give());
                        }
                        System.out.println("It is " + clocks.advance(months, 0));
                        return true;
                    });
            return 0;
        } catch (Problem problem) {
            System.out.println(problem.sentence());
        } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException wrong) {
            System.out.println("advance-clock <account id> [months]");
        }
        return 1;
    }
}
