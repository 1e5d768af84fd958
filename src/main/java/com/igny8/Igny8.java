package com.igny8;

import com.igny8.credit.LedgerCheckCommand;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;

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
        SpringApplication.run(Igny8.class, arguments);
    }
}
