package com.igny8.credit;

import static org.assertj.core.api.Assertions.assertThat;

import com.igny8.testing.Customer;
import com.igny8.testing.Product;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/** Balances are read many at a time, in one message, and belong to whoever asked. */
final class BalanceReadTests {
    private static final int ACCOUNTS = 24;
    private static final int READS = 100;

    private final Product product = Product.running();

    @Test
    void whoAsksTogetherIsToldTheirOwnBalance() throws Exception {
        List<Customer> customers =
                IntStream.rangeClosed(1, ACCOUNTS)
                        .mapToObj(credits -> product.emptyAccount().withCredits(credits))
                        .toList();
        Customer penniless = product.emptyAccount();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> readers = new ArrayList<>();
            for (int i = 0; i < ACCOUNTS; i++) {
                Customer customer = customers.get(i);
                long credits = i + 1L;
                readers.add(threads.submit(() -> reads(customer, credits)));
            }
            readers.add(threads.submit(() -> reads(penniless, 0)));
            for (Future<?> reader : readers) {
                reader.get();
            }
        }
    }

    private static void reads(Customer customer, long credits) {
        for (int i = 0; i < READS; i++) {
            assertThat(customer.balance()).isEqualTo(new Balance(credits, 0));
        }
    }

    @Test
    void whatWasTakenIsGoneAtTheNextLookHoweverManyLook() throws Exception {
        Customer customer = product.emptyAccount().withCredits(READS);
        Ledger ledger = product.bean(Ledger.class);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> others =
                    threads.submit(
                            () ->
                                    IntStream.range(0, 8 * READS)
                                            .parallel()
                                            .forEach(look -> customer.balance()));
            for (int left = READS - 1; left >= 0; left--) {
                customer.inside(() -> ledger.deduct(1, "test", "test", "For a test"));
                assertThat(customer.balance().available()).isEqualTo(left);
            }
            others.get();
        }
    }
}
