package com.igny8.billing;

import static org.assertj.core.api.Assertions.assertThat;

import com.igny8.Igny8;
import com.igny8.testing.Customer;
import com.igny8.testing.Product;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;
import java.util.function.IntSupplier;

/** As typed beside the product that runs, on its data directory. */
class AdvanceClockCommandTests {
    private final Product product = Product.running();

    private record Said(int exit, String words) {}

    private static Said said(IntSupplier command) {
        PrintStream terminal = System.out;
        var words = new OwnWords(terminal);
        System.setOut(new PrintStream(words, true, StandardCharsets.UTF_8));
        try {
            return new Said(command.getAsInt(), words.own.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(terminal);
        }
    }

    /** What this thread prints; others, who log meanwhile, go to the terminal. */
    private static final class OwnWords extends OutputStream {
        private final Thread speaker = Thread.currentThread();
        private final ByteArrayOutputStream own = new ByteArrayOutputStream();
        private final PrintStream terminal;

        private OwnWords(PrintStream terminal) {
            this.terminal = terminal;
        }

        @Override
        public void write(int character) {
            if (Thread.currentThread().equals(speaker)) {
                own.write(character);
            } else {
                terminal.write(character);
            }
        }
    }

    private Said typed(String... words) {
        String[] all = new String[words.length + 2];
        all[0] = "--igny8.data-dir=" + product.directory();
        all[1] = AdvanceClockCommand.NAME;
        System.arraycopy(words, 0, all, 2, words.length);
        return said(() -> AdvanceClockCommand.run(Igny8.class, all));
    }

    @Test
    void anAccountLivesThroughItsTrialBesideTheProductThatRuns() {
        Customer customer = product.signUp();

        Said said = typed(customer.accountId().toString());

        assertThat(said.exit()).as(said.words()).isZero();
        assertThat(said.words()).contains("test clock", "is suspended", "Free Trial is past_due");
        customer.api().get("auth/sites/").expectRefusal(403, "account_suspended");
        Instant before = customer.inside(() -> product.bean(TestClocks.class).time()).orElseThrow();
        assertThat(typed(customer.accountId().toString(), "11").exit()).isZero();
        assertThat(customer.inside(() -> product.bean(TestClocks.class).time()))
                .contains(Months.after(before, 11));
    }

    @Test
    void anAccountThatIsNotThereIsSaidNotToBe() {
        Said said = typed(UUID.randomUUID().toString());

        assertThat(said).isEqualTo(new Said(1, "Account not found\n"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "00000000-0000-7000-8000-000000000001 x", "a b c"})
    void whatMakesNoSenseIsSaidBeforeAnythingStarts(String words) {
        Said said = typed(words.isEmpty() ? new String[0] : words.split(" ", -1));

        assertThat(said.exit()).isOne();
        assertThat(said.words()).contains("Usage: advance-clock");
    }
}
