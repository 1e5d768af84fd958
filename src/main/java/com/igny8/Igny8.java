package com.igny8;

import com.igny8.billing.AdvanceClockCommand;
import com.igny8.credit.LedgerCheckCommand;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;

import java.util.Arrays;

/** The whole product in one process, or one of its commands. */
@SpringBootApplication(
        exclude = {
            // There is no default connection: see DatabaseConfiguration
            DataSourceAutoConfiguration.class,
            DataSourceTransactionManagerAutoConfiguration.class,
            JdbcTemplateAutoConfiguration.class
        })
public class Igny8 {
    private static final String SERVE = "serve";

    public static void main(String[] arguments) {
        String command =
                Arrays.stream(arguments)
                        .filter(argument -> !argument.startsWith("--"))
                        .findFirst()
                        .orElse(SERVE);
        switch (command) {
            case SERVE -> SpringApplication.run(Igny8.class, arguments);
            case LedgerCheckCommand.NAME -> System.exit(LedgerCheckCommand.run(arguments));
            case AdvanceClockCommand.NAME -> System.exit(advanceClock(arguments));
            default -> {
                System.out.printf(
                        "There is no command %s; there are %s, %s and %s%n",
                        command, SERVE, LedgerCheckCommand.NAME, AdvanceClockCommand.NAME);
                System.exit(1);
            }
        }
    }

    private static int advanceClock(String... arguments) {
        return AdvanceClockCommand.parse(arguments)
                .map(
                        command -> {
                            try (var context = partly(arguments)) {
                                return command.run(context);
                            }
                        })
                .orElse(1);
    }

    /** What a command needs of the product: no pages, no jobs, nothing else that it did not ask. */
    private static ConfigurableApplicationContext partly(String... arguments) {
        String[] all = Arrays.copyOf(arguments, arguments.length + 1);
        all[arguments.length] = "--igny8.jobs.workers=0";
        return new SpringApplicationBuilder(Igny8.class)
                .web(WebApplicationType.NONE)
                .lazyInitialization(true)
                .logStartupInfo(false)
                .properties("igny8.joins=true")
                .run(all);
    }
}
