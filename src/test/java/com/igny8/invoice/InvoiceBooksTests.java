package com.igny8.invoice;

import static com.igny8.invoice.Books.eur;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.igny8.kernel.Page;
import com.igny8.kernel.PageRequest;
import com.igny8.kernel.Problem;
import com.igny8.tenancy.TenantTransactions;
import com.igny8.testing.Customer;
import com.igny8.testing.Mailbox;
import com.igny8.testing.Product;

import org.junit.jupiter.api.Test;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Year;
import java.time.ZoneOffset;
import java.util.List;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

/** The books through their front doors, and past them. */
class InvoiceBooksTests {
    private final Product product = Product.running();
    private final Customer customer = product.emptyAccount();
    private final Books books = new Books(customer);

    @Test
    void numbersLeaveNoGapUnderFiftyThreadsOfWhichSomeRollBack() throws Exception {
        int before = lastNumber();
        var kept = new ConcurrentLinkedQueue<String>();
        List<Customer> accounts =
                IntStream.range(0, 50).mapToObj(number -> product.emptyAccount()).toList();
        try (ExecutorService threads = Executors.newFixedThreadPool(50)) {
            List<Callable<Boolean>> work =
                    accounts.stream()
                            .<Callable<Boolean>>map(account -> () -> issueSome(account, kept))
                            .toList();
            for (var done : threads.invokeAll(work)) {
                assertThat(done.get()).isTrue();
            }
        }

        TreeSet<Integer> numbers = new TreeSet<>();
        kept.forEach(number -> numbers.add(Integer.parseInt(number.substring(9))));
        assertThat(kept).hasSize(50 * 2);
        assertThat(numbers)
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(before + 1, before + 100).boxed().toList());
        assertThat(lastNumber()).isEqualTo(before + 100);
    }

    private static final class Undone extends RuntimeException {}

    /** Two that are kept, and one between them that is not. */
    private boolean issueSome(Customer account, ConcurrentLinkedQueue<String> kept) {
        kept.add(String.valueOf(new Books(account).issue(100).number()));
        assertThatThrownBy(
                        () ->
                                account.inside(
                                        () ->
                                                product.bean(TenantTransactions.class)
                                                        .write(
                                                                sql -> {
                                                                    new Books(account).issue(100);
                                                                    throw new Undone();
                                                                })))
                .isInstanceOf(Undone.class);
        return kept.add(String.valueOf(new Books(account).issue(100).number()));
    }

    private int lastNumber() {
        return product.sql()
                .sql(
                        "SELECT coalesce(max(last), 0) FROM document_number"
                                + " WHERE series = 'IGN' AND year = ?")
                .param(Year.now(ZoneOffset.UTC).getValue())
                .query(Integer.class)
                .single();
    }

    @Test
    void moneyForAVoidInvoiceIsTheCustomers() {
        Invoice invoice = books.issue(10_000);
        customer.inside(() -> product.bean(Invoices.class).annul(invoice.id()));

        Invoice after = books.settle(invoice, 10_000);

        assertThat(after.status()).isEqualTo(Invoice.Status.VOID);
        assertThat(after.paid()).isEqualTo(eur(0));
        assertThat(books.balance()).isEqualTo(eur(10_000));
        assertThatThrownBy(() -> books.credit(invoice, eur(1), CreditNote.Excess.BALANCE))
                .isInstanceOfSatisfying(
                        Problem.class,
                        problem -> assertThat(problem.code()).isEqualTo("invoice_not_creditable"));
    }

    @Test
    void whatIsPartlyPaidOrTakenBackIsNotVoided() {
        Invoice credited = books.issue(10_000);
        books.credit(credited, eur(1), CreditNote.Excess.BALANCE);
        Invoice paid = books.issue(10_000);
        books.settle(paid, 1);

        for (Invoice invoice : List.of(credited, paid)) {
            assertThatThrownBy(
                            () ->
                                    customer.inside(
                                            () -> product.bean(Invoices.class).annul(invoice.id())))
                    .isInstanceOfSatisfying(
                            Problem.class,
                            problem -> assertThat(problem.code()).isEqualTo("invoice_partly_paid"));
        }
    }

    @Test
    void itIsTaxedByItsCountryAsOfItsDay() {
        books.taxed("19", false);
        Invoice taxed = books.issue(139, 99);

        assertThat(taxed.amounts()).isEqualTo(new Tax.Amounts(eur(238), eur(45), eur(283)));
        assertThat(taxed.tax().name()).isEqualTo("VAT");
    }

    @Test
    void nobodyChangesWhatIsIssuedNotEvenInTheDatabase() throws SQLException {
        Invoice invoice = books.issue(10_000);
        CreditNote note = books.credit(invoice, eur(100), CreditNote.Excess.BALANCE);
        String its = " WHERE account_id = '%s' AND id = '%s'";
        String ofInvoice = its.formatted(customer.accountId(), invoice.id());
        String ofNote = its.formatted(customer.accountId(), note.id());
        List<String> statements =
                List.of(
                        "UPDATE invoice SET total_minor = 1, subtotal_minor = 1" + ofInvoice,
                        "UPDATE invoice SET number = 'IGN-2026-999999'" + ofInvoice,
                        "UPDATE invoice SET billing_snapshot = '{\"name\": \"Other\"}'" + ofInvoice,
                        "UPDATE invoice SET due_at = due_at + interval '1 day'" + ofInvoice,
                        "UPDATE invoice SET status = 'draft', number = NULL, issued_at = NULL,"
                                + " due_at = NULL"
                                + ofInvoice,
                        "UPDATE invoice SET credited_minor = 20000" + ofInvoice,
                        "DELETE FROM invoice" + ofInvoice,
                        "UPDATE invoice_line SET unit_minor = 1, amount_minor = 1"
                                + " WHERE invoice_id = '%s'".formatted(invoice.id()),
                        "DELETE FROM invoice_line WHERE invoice_id = '%s'".formatted(invoice.id()),
                        """
                        INSERT INTO invoice_line (account_id, invoice_id, position, description,
                            quantity, unit_minor, amount_minor)
                        VALUES ('%s', '%s', 9, 'More', 1, 1, 1)
                        """
                                .formatted(customer.accountId(), invoice.id()),
                        "UPDATE credit_note SET reason = 'Other'" + ofNote,
                        "UPDATE credit_note SET total_minor = 1, subtotal_minor = 1, due_minor = 1"
                                + ofNote,
                        "DELETE FROM credit_note" + ofNote,
                        "UPDATE document_number SET last = 0",
                        "DELETE FROM document_number");

        for (String statement : statements) {
            refused(product.tenantConnection(), statement);
            refused(product.platformConnection(), statement);
        }
        assertThat(books.reload(invoice).total()).isEqualTo(invoice.total());
    }

    private void refused(Connection connection, String statement) throws SQLException {
        try (connection) {
            connection.setAutoCommit(false);
            try (var sql = connection.createStatement()) {
                sql.execute(
                        "SELECT set_config('app.account_id', '%s', true)"
                                .formatted(customer.accountId()));
                assertThatThrownBy(() -> sql.executeUpdate(statement))
                        .as(statement)
                        .isInstanceOf(SQLException.class);
            } finally {
                connection.rollback();
            }
        }
    }

    @Test
    void lettersTellOfWhatIsOwedPaidAndTakenBack() {
        String email = Product.freshEmail();
        product.sql()
                .sql("UPDATE account SET contact_email = ? WHERE id = ?")
                .params(email, customer.accountId())
                .update();
        Mailbox mails = new Mailbox(product, email);
        Invoice invoice = books.issue(10_000);
        books.settle(invoice, 10_000);
        books.credit(invoice, eur(1_000), CreditNote.Excess.BALANCE);
        books.issue(900);

        assertThat(mails.letters())
                .extracting(Mailbox.Received::template)
                .containsExactly(
                        "invoice_issued", "invoice_paid", "credit_note_issued", "invoice_paid");
        assertThat(mails.letters("invoice_issued").getFirst().text())
                .contains("€100.00", "/account/invoices/" + invoice.id() + "/pdf");
        assertThat(mails.letters("credit_note_issued").getFirst().text())
                .contains("€10.00", "Kept for your next invoices");
    }

    @Test
    void thePagesOfTheListHoldEachInvoiceOnceWithItsLines() {
        List<UUID> issued =
                IntStream.range(0, 5)
                        .mapToObj(number -> books.issue(100 + number, 7).id())
                        .toList();

        var first = page(1);
        var last = page(3);

        assertThat(first.count()).isEqualTo(5);
        assertThat(first.rows())
                .extracting(Invoice::id)
                .containsExactly(issued.get(4), issued.get(3));
        assertThat(first.rows().getFirst().lines()).hasSize(2);
        assertThat(last.rows()).extracting(Invoice::id).containsExactly(issued.getFirst());
    }

    private Page<Invoice> page(int number) {
        return customer.inside(
                () -> product.bean(Invoices.class).page(new PageRequest(number, 2, null), null));
    }
}
