package com.igny8.billing;

import static org.assertj.core.api.Assertions.assertThat;

import static java.util.stream.Collectors.joining;

import com.igny8.kernel.Money;
import com.igny8.testing.LedgerInvariants;
import com.igny8.testing.Product;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;

/** What a year came to, account by account, and what of it must agree. */
final class YearBooks {
    private static final Map<String, String> MONEY =
            titles(
                    "issued", "billed",
                    "void", "withdrawn",
                    "paid", "paid",
                    "due", "due",
                    "credited", "credited",
                    "came_in", "came in",
                    "from_balance", "from balance",
                    "went_back", "went back",
                    "balance", "balance");

    private static final Map<String, String> CREDITS =
            titles(
                    "given", "credits given",
                    "bought", "bought",
                    "used", "used",
                    "expired", "expired",
                    "left", "left");

    private static final List<Agreement> AGREEMENTS =
            List.of(
                    new Agreement(
                            "What was billed is paid, taken back or due",
                            List.of("issued"),
                            List.of("paid", "off_due", "due")),
                    new Agreement(
                            "What came in, or out of balances, paid invoices, was too much or is to be paid again",
                            List.of("came_in", "from_balance"),
                            List.of("paid", "overpaid", "reopened")),
                    new Agreement(
                            "What went into balances paid invoices, went back or is there",
                            List.of("overpaid", "to_balance", "unused_changes"),
                            List.of("from_balance", "taken_back", "balance")),
                    new Agreement(
                            "Balances are what their entries come to",
                            List.of("balance"),
                            List.of("balance_entries")),
                    new Agreement(
                            "Payments know of all refunds",
                            List.of("refunded"),
                            List.of("went_back")),
                    new Agreement(
                            "What went back is credited, out of a balance or to be paid again",
                            List.of("went_back"),
                            List.of("to_refund", "out_of_balance", "to_pay_again")),
                    new Agreement(
                            "What came in is what invoices hold, what balances hold and what went back",
                            List.of("came_in", "unused_changes"),
                            List.of("held", "balance", "went_back")),
                    new Agreement(
                            "Lost disputes went back",
                            List.of("lost"),
                            List.of("refunded_as_lost")),
                    new Agreement(
                            "Credit notes say where all of them goes",
                            List.of("credited"),
                            List.of("off_due", "to_balance", "to_refund")),
                    new Agreement(
                            "The provider has what our books say",
                            List.of("charged"),
                            List.of("at_provider")),
                    new Agreement(
                            "Credits that came are used, expired or left",
                            List.of("given", "bought"),
                            List.of("used", "expired", "left")));

    /** Which states of subscriptions go with a state of an account. */
    private static final Map<String, List<String>> STATES =
            Map.of(
                    "active", List.of("active", "past_due"),
                    "suspended", List.of("past_due"),
                    "cancelled", List.of("canceled"));

    private final Product product;
    private final List<Book> books;

    private YearBooks(Product product, List<Book> books) {
        this.product = product;
        this.books = books;
    }

    /** The sides of it, by the names of their sums. */
    private record Agreement(String what, List<String> one, List<String> other) {}

    /** What an account came to. */
    private record Book(
            UUID account, Fate fate, String status, String subscription, Map<String, Long> sums) {
        long sum(List<String> names) {
            return names.stream().mapToLong(this::sum).sum();
        }

        long sum(String name) {
            return Objects.requireNonNull(sums.get(name), name);
        }

        String states() {
            return status + ", " + subscription;
        }
    }

    private static Map<String, String> titles(String... namesAndTitles) {
        Map<String, String> titles = new LinkedHashMap<>();
        for (int i = 0; i < namesAndTitles.length; i += 2) {
            titles.put(namesAndTitles[i], namesAndTitles[i + 1]);
        }
        return titles;
    }

    static YearBooks of(Product product, Map<UUID, Fate> fates) {
        return new YearBooks(
                product,
                YearSums.read(product, fates.keySet()).stream()
                        .map(row -> book(row, fates))
                        .toList());
    }

    private static Book book(Map<String, @Nullable Object> row, Map<UUID, Fate> fates) {
        UUID account = (UUID) Objects.requireNonNull(row.get("account"));
        Map<String, Long> sums = new TreeMap<>();
        row.forEach(
                (name, value) -> {
                    if (value instanceof Number number) {
                        sums.put(name, number.longValue());
                    }
                });
        sums.put("at_provider", Product.stripe().takenFor(account));
        return new Book(
                account,
                Objects.requireNonNull(fates.get(account)),
                String.valueOf(row.get("status")),
                String.valueOf(row.get("subscription")),
                sums);
    }

    void requireAgreement() {
        for (Book book : books) {
            String who = book.fate() + " " + book.account() + ": ";
            for (Agreement agreement : AGREEMENTS) {
                assertThat(book.sum(agreement.one()))
                        .as(who + agreement.what() + "\n" + book)
                        .isEqualTo(book.sum(agreement.other()));
            }
            requireFate(who, book);
        }
        requireNumbersWithoutGap();
        assertThat(LedgerInvariants.violations(product.superuser()))
                .noneMatch(
                        found ->
                                books.stream()
                                        .map(book -> book.account().toString())
                                        .anyMatch(found::contains));
    }

    private static void requireFate(String who, Book book) {
        assertThat(book.status()).as(who + "account").isEqualTo(book.fate().status);
        assertThat(book.subscription())
                .as(who + "subscription")
                .isIn(Objects.requireNonNull(STATES.get(book.status())));
        if (book.fate().minor != null) {
            assertThat(book.sum("came_in") - book.sum("went_back"))
                    .as(who + "money")
                    .isEqualTo(book.fate().minor);
        }
        if (book.fate().credits != null) {
            assertThat(book.sum("given")).as(who + "credits").isEqualTo(book.fate().credits);
        }
        assertThat(book.sum("undone")).as(who + "due, and not done").isZero();
        assertThat(book.sum("billed_twice")).as(who + "days billed twice").isZero();
    }

    /** Also where a number was taken by another test, or its invoice withdrawn. */
    private void requireNumbersWithoutGap() {
        assertThat(
                        product.sql()
                                .sql(
                                        """
                                        SELECT series || ' ' || year FROM document_number
                                         WHERE series LIKE 'TEST%' AND last <> (
                                               SELECT count(*) FROM (
                                                   SELECT number FROM invoice
                                                   UNION ALL SELECT number FROM credit_note
                                               ) AS document
                                                WHERE number LIKE series || '-' || year || '-%')
                                        """)
                                .query(String.class)
                                .list())
                .as("series with gaps")
                .isEmpty();
    }

    /** By fate, and how it agrees. */
    List<String> report() {
        Map<Fate, List<Book>> byFate = new TreeMap<>();
        books.forEach(
                book -> byFate.computeIfAbsent(book.fate(), any -> new ArrayList<>()).add(book));
        List<String> report = new ArrayList<>();
        report.add("# %,d accounts through twelve months".formatted(books.size()));
        report.add("");
        report.add(line(Stream.of("fate", "accounts", "end as"), MONEY.values(), CREDITS.values()));
        report.add("|---|--:|---|".concat("--:|".repeat(MONEY.size() + CREDITS.size())));
        byFate.forEach(
                (fate, some) ->
                        report.add(
                                line(
                                        words(fate),
                                        some,
                                        some.stream()
                                                .map(Book::states)
                                                .distinct()
                                                .collect(joining("; ")))));
        report.add(line("**all**", books, ""));
        report.add("");
        report.add("| what agrees, to the last unit, for each account | | |");
        report.add("|---|---|---|");
        for (Agreement agreement : AGREEMENTS) {
            report.add(
                    "| %s | %s | %s |"
                            .formatted(
                                    agreement.what(),
                                    told(agreement.one()),
                                    told(agreement.other())));
        }
        return report;
    }

    private static String words(Fate fate) {
        return fate.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static String line(String title, List<Book> some, String states) {
        return line(
                Stream.of(title, "%,d".formatted(some.size()), states),
                cells(MONEY, some, minor -> new Money(minor, "USD").decimal()),
                cells(CREDITS, some, "%,d"::formatted));
    }

    private static List<String> cells(
            Map<String, String> titles, List<Book> some, Function<Long, String> written) {
        return titles.keySet().stream()
                .map(name -> written.apply(some.stream().mapToLong(book -> book.sum(name)).sum()))
                .toList();
    }

    private static String line(
            Stream<String> first, Iterable<String> money, Iterable<String> credits) {
        List<String> cells = new ArrayList<>(first.toList());
        money.forEach(cells::add);
        credits.forEach(cells::add);
        return "| " + String.join(" | ", cells) + " |";
    }

    private String told(List<String> names) {
        return names.stream()
                .map(
                        name ->
                                "%s %,d"
                                        .formatted(
                                                name.replace('_', ' '),
                                                books.stream()
                                                        .mapToLong(book -> book.sum(name))
                                                        .sum()))
                .collect(joining(" + "));
    }
}
