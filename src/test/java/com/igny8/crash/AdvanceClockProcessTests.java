package com.igny8.crash;

import static org.assertj.core.api.Assertions.assertThat;

import com.igny8.Igny8;
import com.igny8.billing.AdvanceClockCommand;
import com.igny8.testing.Customer;
import com.igny8.testing.Product;

import org.junit.jupiter.api.Test;

import java.util.List;

/** The command as it is typed: a process of its own, beside the product that runs. */
class AdvanceClockProcessTests {
    private final Product product = Product.running();

    @Test
    void itEndsWhenTheMonthIsOverAndTheProductSeesWhatHappened() throws Exception {
        Customer customer = product.signUp();

        try (ProductProcess command =
                ProductProcess.start(
                        Igny8.class,
                        product.directory(),
                        AdvanceClockCommand.NAME,
                        customer.accountId().toString())) {
            List<String> said = command.awaitExit();

            assertThat(command.exitValue()).as(command.output()).isZero();
            assertThat(said).anyMatch(line -> line.endsWith("is suspended"));
        }
        customer.api().get("auth/sites/").expectRefusal(403, "account_suspended");
    }
}
