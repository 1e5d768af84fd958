package com.igny8.billing;

import static org.assertj.core.api.Assertions.assertThat;

import com.igny8.catalog.Plan;
import com.igny8.catalog.Plans;
import com.igny8.kernel.Money;
import com.igny8.payment.PaymentType;
import com.igny8.payment.Refunds;
import com.igny8.tenancy.IdempotencyKey;
import com.igny8.testing.Customer;
import com.igny8.testing.LedgerInvariants;
import com.igny8.testing.Product;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

/**
 * Accounts with clocks of their own, of all fates, through twelve months: at the end all books
 * agree to the last unit. One of each fate; {@code -Digny8.year.accounts=200} for more.
 */
class YearInAMinuteTests {
    private static final Instant START = Instant.parse("2026-12-31T10:00:00Z");

    /** When in a month those who pay by transfer do. */
    private static final Duration PAYDAY = Duration.ofDays(25);

    private final Product product = Product.running();
    private final Map<UUID, Fate> fates = new ConcurrentHashMap<>();
    private final Clockwork clockwork = new Clockwork(product, this::isPaid);

    private record Life(Fate fate, Customer customer) {}

    /** What an account came to. */
    private record Books(
            String status,
            long invoiced,
            long paid,
            long in,
            long back,
            long balance,
            long credits) {}

    private boolean isPaid(UUID account, String attempt) {
        return fates.get(account) != Fate.DECLINED_TWICE_A_MONTH || attempt.equals("renewal-2");
    }

    @Test
    void theBooksOfAYearAgreeToTheLastUnit() throws IOException {
        List<Fate> all = List.of(Fate.values());
        int accounts = Integer.getInteger("igny8.year.accounts", all.size());
        List<Life> lives =
                IntStream.range(0, accounts)
                        .mapToObj(number -> all.get(number % all.size()))
                        .map(this::begun)
                        .toList();

        lives.parallelStream().forEach(this::live);

        List<String> report = new ArrayList<>();
        report.add(
                "| fate | account | invoiced | paid | came in | went back | balance | credits |");
        report.add("|---|---|---|---|---|---|---|---|");
        for (Life life : lives) {
            Books books = books(life.customer());
            report.add(line(life.fate(), books));
            requireAgreeing(life, books);
        }
        requireNoGapInNumbers();
        assertThat(LedgerInvariants.violations(product.superuser()))
                .noneMatch(
                        found ->
                                lives.stream()
                                        .anyMatch(
                                                life ->
                                                        found.contains(
                                                                life.customer()
                                                                        .accountId()
                                                                        .toString())));
        Files.write(Path.of("target/year-in-a-minute.md"), report);
    }

    private Life begun(Fate fate) {
        Customer customer = product.emptyAccount();
        fates.put(customer.accountId(), fate);
        Plan plan = product.bean(Plans.class).latest(fate.plan()).orElseThrow();
        product.sql()
                .sql(
                        """
                        UPDATE account SET status = ?,
                               trial_ends_at = ?::timestamptz + make_interval(days => ?)
                         WHERE id = ?
                        """)
                .param(
                        plan.trialDays() != null
                                ? "trial"
                                : plan.isFree() ? "active" : "pending_payment")
                .param(START.toString())
                .param(plan.trialDays())
                .param(customer.accountId())
                .update();
        clockwork.stopAt(customer, START);
        Orders orders = product.bean(Orders.class);
        customer.inside(
                () -> {
                    if (plan.isFree()) {
                        orders.begin(plan, START);
                    } else {
                        orders.place(plan, BillingInterval.MONTH, PaymentType.BANK_TRANSFER);
                    }
                    return true;
                });
        clockwork.payOpen(customer, fate == Fate.OVERPAYS ? 2 : 1);
        if (fate.paysByCard()) {
            clockwork.giveCard(customer);
        }
        return new Life(fate, customer);
    }

    private void live(Life life) {
        for (int month = 0; month < 12; month++) {
            act(life, month);
            clockwork.to(life.customer(), Months.after(START, month).plus(PAYDAY));
            payday(life, month);
            clockwork.to(life.customer(), Months.after(START, month + 1));
        }
    }

    /** What they do at the beginning of a month. */
    private void act(Life life, int month) {
        Customer customer = life.customer();
        switch (life.fate()) {
            case CANCELS, CANCELS_AND_RESUMES -> {
                if (month == 5) {
                    customer.inside(() -> product.bean(Cancellation.class).cancel());
                }
            }
            case UPGRADES -> {
                if (month == 3) {
                    change(customer, "scale");
                    clockwork.payOpen(customer);
                }
            }
            case DOWNGRADES -> {
                if (month == 6) {
                    change(customer, "starter");
                }
            }
            case TRIAL_CONVERTS -> {
                if (month == 0) {
                    change(customer, "growth");
                    clockwork.payOpen(customer);
                }
            }
            case BUYS_A_PACK -> {
                if (month == 2) {
                    UUID invoice =
                            customer.inside(
                                            () ->
                                                    product.bean(CreditPackOrders.class)
                                                            .place("credits-500"))
                                    .id();
                    clockwork.pay(customer, invoice);
                }
            }
            case GETS_MONEY_BACK -> {
                if (month == 7) {
                    customer.inside(
                            () ->
                                    product.bean(Refunds.class)
                                            .refund(
                                                    lastPayment(customer),
                                                    new Money(5_000, "USD"),
                                                    "A day without service",
                                                    IdempotencyKey.NONE));
                }
            }
            default -> {}
        }
    }

    private void change(Customer customer, String plan) {
        customer.inside(
                () ->
                        product.bean(PlanChanges.class)
                                .change(
                                        new PlanChanges.Wanted(
                                                plan,
                                                BillingInterval.MONTH,
                                                Objects.requireNonNull(
                                                                        fates.get(
                                                                                customer
                                                                                        .accountId()))
                                                                .paysByCard()
                                                        ? null
                                                        : "bank_transfer")));
    }

    private UUID lastPayment(Customer customer) {
        return product.sql()
                .sql(
                        """
                        SELECT id FROM payment WHERE account_id = ? AND provider = 'bank_transfer'
                         ORDER BY created_at DESC LIMIT 1
                        """)
                .param(customer.accountId())
                .query(UUID.class)
                .single();
    }

    private void payday(Life life, int month) {
        Customer customer = life.customer();
        switch (life.fate()) {
            case PAYS_BY_TRANSFER, TRIAL_CONVERTS, OVERPAYS, GETS_MONEY_BACK ->
                    clockwork.payOpen(customer);
            case STOPS_PAYING -> {
                if (month < 3) {
                    clockwork.payOpen(customer);
                }
            }
            case PAYS_AFTER_SUSPENSION -> {
                if (month < 3 || month > 4) {
                    clockwork.payOpen(customer);
                }
            }
            case CANCELS_AND_RESUMES -> {
                if (month == 5) {
                    customer.inside(() -> product.bean(Cancellation.class).resume());
                }
            }
            default -> {}
        }
    }

    private Books books(Customer customer) {
        return product.sql()
                .sql(
                        """
                        SELECT account.status,
                               (SELECT coalesce(sum(total_minor), 0) FROM invoice
                                 WHERE account_id = account.id AND status = 'paid') AS invoiced,
                               (SELECT coalesce(sum(paid_minor), 0) FROM invoice
                                 WHERE account_id = account.id) AS paid,
                               (SELECT coalesce(sum(amount_minor), 0) FROM payment
                                 WHERE account_id = account.id AND provider <> 'balance'
                                   AND status NOT IN ('failed', 'pending')) AS came_in,
                               (SELECT coalesce(sum(refunded_minor), 0) FROM payment
                                 WHERE account_id = account.id) AS back,
                               (SELECT coalesce(sum(balance_minor), 0) FROM customer_balance
                                 WHERE account_id = account.id) AS balance,
                               (SELECT coalesce(sum(amount), 0) FROM credit_entry
                                 WHERE account_id = account.id
                                   AND (type = 'subscription' OR type = 'grant')) AS credits
                          FROM account WHERE id = ?
                        """)
                .param(customer.accountId())
                .query(
                        (row, number) ->
                                new Books(
                                        row.getString("status"),
                                        row.getLong("invoiced"),
                                        row.getLong("paid"),
                                        row.getLong("came_in"),
                                        row.getLong("back"),
                                        row.getLong("balance"),
                                        row.getLong("credits")))
                .single();
    }

    private static String line(Fate fate, Books books) {
        return "| %s | %s | %s | %s | %s | %s | %s | %,d |"
                .formatted(
                        fate.name().toLowerCase(Locale.ROOT).replace('_', ' '),
                        books.status(),
                        usd(books.invoiced()),
                        usd(books.paid()),
                        usd(books.in()),
                        usd(books.back()),
                        usd(books.balance()),
                        books.credits());
    }

    private static String usd(long minor) {
        return new Money(minor, "USD").text();
    }

    private void requireAgreeing(Life life, Books books) {
        Fate fate = life.fate();
        assertThat(books.status()).as(fate + " " + books).isEqualTo(fate.status);
        assertThat(books.paid())
                .as(fate + ": what is paid of invoices")
                .isEqualTo(books.invoiced());
        assertThat(books.in())
                .as(fate + ": what came in paid an invoice, or is there")
                .isEqualTo(books.paid() + books.balance());
        if (fate.minor != null) {
            assertThat(books.in() - books.back()).as(fate + ": money").isEqualTo(fate.minor);
        }
        if (fate.credits != null) {
            assertThat(books.credits()).as(fate + ": credits").isEqualTo(fate.credits);
        }
        assertThat(entriesOf(life.customer())).as(fate + ": balance").isEqualTo(books.balance());
        assertThat(unfinished(life.customer())).as(fate + ": left undone").isZero();
    }

    private long entriesOf(Customer customer) {
        return product.sql()
                .sql(
                        "SELECT coalesce(sum(amount_minor), 0) FROM customer_balance_entry"
                                + " WHERE account_id = ?")
                .param(customer.accountId())
                .query(Long.class)
                .single();
    }

    /** Due, and not done. */
    private long unfinished(Customer customer) {
        return product.sql()
                .sql(
                        """
                        SELECT count(*) FROM subscription JOIN test_clock USING (account_id)
                         WHERE account_id = ? AND next_due_at <= now_at
                        """)
                .param(customer.accountId())
                .query(Long.class)
                .single();
    }

    private void requireNoGapInNumbers() {
        assertThat(
                        product.sql()
                                .sql(
                                        """
                                        SELECT count(*) FROM document_number
                                         WHERE series = 'TEST' AND last <> (
                                            SELECT count(*) FROM invoice
                                             WHERE number LIKE 'TEST-' || year || '-%')
                                        """)
                                .query(Long.class)
                                .single())
                .isZero();
    }
}
