package com.igny8.invoice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.igny8.kernel.Money;
import com.igny8.kernel.Page;
import com.igny8.kernel.PageRequest;
import com.igny8.kernel.Problem;
import com.igny8.payment.NewPayment;
import com.igny8.payment.Payments;
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
import java.util.Random;
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

    private Invoice issue(long... minor) {
        return issue(customer, minor);
    }

    private Invoice issue(Customer somebody, long... minor) {
        List<InvoiceLine> lines =
                IntStream.range(0, minor.length)
                        .mapToObj(
                                line ->
                                        InvoiceLine.of(
                                                "Line " + line, 1, new Money(minor[line], "EUR")))
                        .toList();
        return somebody.inside(
                () ->
                        product.bean(Invoices.class)
                                .issue(
                                        new NewInvoice(
                                                Invoice.Purpose.MANUAL, null, null, "EUR", lines)));
    }

    private Invoice reload(Invoice invoice) {
        return customer.inside(() -> product.bean(Invoices.class).get(invoice.id()));
    }

    private Invoice settle(Invoice invoice, long minor) {
        return customer.inside(() -> product.bean(Invoices.class).settle(invoice.id(), eur(minor)));
    }

    private CreditNote credit(Invoice invoice, Money amount, CreditNote.Excess excess) {
        return customer.inside(
                () -> product.bean(CreditNotes.class).write(invoice.id(), amount, "Test", excess));
    }

    private Money balance() {
        return customer.inside(() -> product.bean(CustomerBalance.class).of("EUR"));
    }

    private static Money eur(long minor) {
        return new Money(minor, "EUR");
    }

    /** Puts the account into a country with a tax of its own. */
    private void taxed(String percent, boolean isInclusive) {
        product.sql()
                .sql(
                        """
                        INSERT INTO tax_rate (country, name, percent, is_inclusive, effective_from)
                        VALUES ('AQ', 'VAT', ?::numeric, ?, now() - random() * interval '1 second')
                        """)
                .params(percent, isInclusive)
                .update();
        product.sql()
                .sql("UPDATE account SET country = 'AQ' WHERE id = ?")
                .param(customer.accountId())
                .update();
    }

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
        kept.add(String.valueOf(issue(account, 100).number()));
        assertThatThrownBy(
                        () ->
                                account.inside(
                                        () ->
                                                product.bean(TenantTransactions.class)
                                                        .write(
                                                                sql -> {
                                                                    issue(account, 100);
                                                                    throw new Undone();
                                                                })))
                .isInstanceOf(Undone.class);
        return kept.add(String.valueOf(issue(account, 100).number()));
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
    void creditNotesComeToTheVeryTaxThatWasChargedAndNeverToMoreThanTheInvoice() {
        taxed("17.3", true);
        Random random = new Random(20_261_121);
        for (int round = 0; round < 5; round++) {
            Invoice invoice = issue(10_001 + random.nextInt(9_999), -500);
            pay(invoice);
            Money tax = eur(0);
            Money left = invoice.total();
            while (left.isPositive()) {
                Money part = eur(1 + random.nextLong(Math.min(4_000, left.minor())));
                CreditNote note = credit(invoice, part, CreditNote.Excess.REFUND);
                assertThat(note.amounts().subtotal().plus(note.amounts().tax())).isEqualTo(part);
                assertThat(note.amounts().subtotal().isNegative()).isFalse();
                assertThat(note.toRefund()).isEqualTo(part);
                tax = tax.plus(note.amounts().tax());
                left = left.minus(part);
                Money tooMuch = left.plus(eur(1));
                assertThatThrownBy(() -> credit(invoice, tooMuch, CreditNote.Excess.BALANCE))
                        .isInstanceOf(Problem.class);
            }
            assertThat(tax).isEqualTo(invoice.amounts().tax());
            assertThat(reload(invoice).credited()).isEqualTo(invoice.total());
            assertThat(onItsWayBack(invoice)).isEqualTo(invoice.total().minor());
        }
    }

    @Test
    void whatWasPaidFromTheBalanceIsNotSentBack() {
        customer.inside(
                () -> {
                    product.bean(CustomerBalance.class)
                            .add(eur(4_000), CustomerBalance.Reason.ADJUSTMENT, null, "A gift");
                    return true;
                });
        Invoice invoice = issue(10_000);
        pay(invoice);

        assertThatThrownBy(() -> credit(invoice, eur(6_001), CreditNote.Excess.REFUND))
                .isInstanceOfSatisfying(
                        Problem.class,
                        problem -> assertThat(problem.code()).isEqualTo("not_refundable"));
        assertThat(reload(invoice).credited()).isEqualTo(eur(0));
        assertThat(onItsWayBack(invoice)).isZero();

        credit(invoice, eur(6_000), CreditNote.Excess.REFUND);
        credit(invoice, eur(4_000), CreditNote.Excess.BALANCE);

        assertThat(onItsWayBack(invoice)).isEqualTo(6_000);
        assertThat(balance()).isEqualTo(eur(4_000));
    }

    /** By a transfer of what is due. */
    private void pay(Invoice invoice) {
        Money due = invoice.due();
        customer.inside(
                () ->
                        product.bean(Payments.class)
                                .received(
                                        new NewPayment(
                                                invoice.id(),
                                                "bank_transfer",
                                                UUID.randomUUID().toString(),
                                                due,
                                                null,
                                                null,
                                                null)));
    }

    private long onItsWayBack(Invoice invoice) {
        return product.sql()
                .sql(
                        """
                        SELECT coalesce(sum(refund.amount_minor), 0)
                          FROM refund JOIN payment ON payment.id = payment_id
                         WHERE invoice_id = ?
                        """)
                .param(invoice.id())
                .query(Long.class)
                .single();
    }

    @Test
    void aCreditNoteTakesOffWhatIsDueBeforeItGivesBack() {
        Invoice invoice = issue(10_000);
        settle(invoice, 4_000);

        CreditNote first = credit(invoice, eur(5_000), CreditNote.Excess.BALANCE);

        assertThat(first.number()).matches("IGN-CN-\\d{4}-\\d{6}");
        assertThat(first.offDue()).isEqualTo(eur(5_000));
        assertThat(reload(invoice).due()).isEqualTo(eur(1_000));
        assertThat(balance()).isEqualTo(eur(0));

        CreditNote second = credit(invoice, eur(3_000), CreditNote.Excess.BALANCE);

        assertThat(second.offDue()).isEqualTo(eur(1_000));
        assertThat(second.toBalance()).isEqualTo(eur(2_000));
        assertThat(reload(invoice).status()).isEqualTo(Invoice.Status.PAID);
        assertThat(balance()).isEqualTo(eur(2_000));
        assertThat(issue(1_500).paid()).as("the balance pays the next one").isEqualTo(eur(1_500));
    }

    @Test
    void anInvoiceThatIsTakenBackUnpaidIsSettledAndDeliversNothing() {
        Invoice invoice = issue(10_000);

        CreditNote note =
                customer.inside(
                        () ->
                                product.bean(CreditNotes.class)
                                        .write(
                                                invoice.id(),
                                                null,
                                                "Ordered twice",
                                                CreditNote.Excess.REFUND));

        assertThat(note.total()).isEqualTo(eur(10_000));
        assertThat(note.toRefund()).isEqualTo(eur(0));
        assertThat(reload(invoice).status()).isEqualTo(Invoice.Status.PAID);
        assertThat(settle(invoice, 10_000).paid()).isEqualTo(eur(0));
        assertThat(balance())
                .as("what comes in nevertheless is the customer's")
                .isEqualTo(eur(10_000));
    }

    @Test
    void moneyForAVoidInvoiceIsTheCustomers() {
        Invoice invoice = issue(10_000);
        customer.inside(() -> product.bean(Invoices.class).annul(invoice.id()));

        Invoice after = settle(invoice, 10_000);

        assertThat(after.status()).isEqualTo(Invoice.Status.VOID);
        assertThat(after.paid()).isEqualTo(eur(0));
        assertThat(balance()).isEqualTo(eur(10_000));
        assertThatThrownBy(() -> credit(invoice, eur(1), CreditNote.Excess.BALANCE))
                .isInstanceOfSatisfying(
                        Problem.class,
                        problem -> assertThat(problem.code()).isEqualTo("invoice_not_creditable"));
    }

    @Test
    void whatIsPartlyPaidOrTakenBackIsNotVoided() {
        Invoice credited = issue(10_000);
        credit(credited, eur(1), CreditNote.Excess.BALANCE);
        Invoice paid = issue(10_000);
        settle(paid, 1);

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
        taxed("19", false);
        Invoice taxed = issue(139, 99);

        assertThat(taxed.amounts()).isEqualTo(new Tax.Amounts(eur(238), eur(45), eur(283)));
        assertThat(taxed.tax().name()).isEqualTo("VAT");
    }

    @Test
    void nobodyChangesWhatIsIssuedNotEvenInTheDatabase() throws SQLException {
        Invoice invoice = issue(10_000);
        CreditNote note = credit(invoice, eur(100), CreditNote.Excess.BALANCE);
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
        assertThat(reload(invoice).total()).isEqualTo(invoice.total());
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
        Invoice invoice = issue(10_000);
        settle(invoice, 10_000);
        credit(invoice, eur(1_000), CreditNote.Excess.BALANCE);
        issue(900);

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
                IntStream.range(0, 5).mapToObj(number -> issue(100 + number, 7).id()).toList();

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
