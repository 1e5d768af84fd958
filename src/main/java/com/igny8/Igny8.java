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
    public static void main(String[] arguments) {
        if (arguments.length > 0 && arguments[0].equals(LedgerCheckCommand.NAME)) {
            System.exit(LedgerCheckCommand.run(arguments));
        }
        if (arguments.length > 0 && arguments[0].equals(AdvanceClockCommand.NAME)) {
            String[] onAPortOfItsOwn = Arrays.copyOf(arguments, arguments.length + 1);
            onAPortOfItsOwn[arguments.length] = "--server.port=0";
            try (var context = SpringApplication.run(Igny8.class, onAPortOfItsOwn)) {
                System.exit(AdvanceClockCommand.run(context, arguments));
            }
        }
        SpringApplication.run(Igny8.class, arguments);
    }
}
