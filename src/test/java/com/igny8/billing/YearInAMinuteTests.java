package com.igny8.billing;

import com.igny8.testing.Customer;
import com.igny8.testing.Operator;
import com.igny8.testing.Product;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Accounts with clocks of their own, of all fates, through twelve months: at the end all books
 * agree to the last unit, ours and the provider's. Two of each fate; {@code
 * -Digny8.year.accounts=200} for more. {@code target/year-in-a-minute.md} shows what it came to.
 */
class YearInAMinuteTests {
    private static final int ACCOUNTS =
            Integer.getInteger("igny8.year.accounts", 2 * Fate.values().length);
    private static final int AT_ONCE = 4;

    private final Product product = Product.running();
    private final Map<UUID, Fate> fates = new ConcurrentHashMap<>();
    private final Clockwork clockwork =
            new Clockwork(
                    product,
                    this::isPaid,
                    account -> fate(account).pays == Fate.Pays.BY_CARD_OVER_HTTP);

    private Fate fate(UUID account) {
        return Objects.requireNonNull(fates.get(account));
    }

    private boolean isPaid(UUID account, String attempt) {
        return fate(account) != Fate.DECLINED_TWICE_A_MONTH || attempt.equals("renewal-2");
    }

    @Test
    void theBooksOfAYearAgreeToTheLastUnit()
            throws IOException, ExecutionException, InterruptedException {
        Operator operator = Operator.of(product);
        List<Fate> all = List.of(Fate.values());
        List<Future<?>> years = new ArrayList<>();
        try (var threads = Executors.newFixedThreadPool(AT_ONCE)) {
            for (int number = 0; number < ACCOUNTS; number++) {
                Fate fate = all.get(number % all.size());
                Customer customer = product.emptyAccount();
                fates.put(customer.accountId(), fate);
                Life life = new Life(operator, clockwork, customer, fate);
                years.add(threads.submit(life::live));
            }
        }
        for (Future<?> year : years) {
            year.get();
        }

        YearBooks books = YearBooks.of(product, fates);
        Files.write(Path.of("target/year-in-a-minute.md"), books.report());
        books.requireAgreement();
    }
}
