package com.igny8;

import com.igny8.billing.AdvanceClockCommand;
import com.igny8.credit.LedgerCheckCommand;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;

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
            case AdvanceClockCommand.NAME ->
                    System.exit(AdvanceClockCommand.run(Igny8.class, arguments));
            default -> {
                System.out.printf(
                        "There is no command %s; there are %s, %s and %s%n",
                        command, SERVE, LedgerCheckCommand.NAME, AdvanceClockCommand.NAME);
                System.exit(1);
            }
        }
    }
}
