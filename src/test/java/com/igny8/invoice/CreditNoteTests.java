package com.igny8.invoice;

import static com.igny8.invoice.Books.eur;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.igny8.kernel.Money;
import com.igny8.kernel.Problem;
import com.igny8.testing.Customer;
import com.igny8.testing.Product;

import org.junit.jupiter.api.Test;

import java.util.Random;

/** What is taken back of an invoice, and where the money goes. */
class CreditNoteTests {
    private final Product product = Product.running();
    private final Customer customer = product.emptyAccount();
    private final Books books = new Books(customer);

    @Test
    void creditNotesComeToTheVeryTaxThatWasChargedAndNeverToMoreThanTheInvoice() {
        books.taxed("17.3", true);
        Random random = new Random(20_261_121);
        for (int round = 0; round < 5; round++) {
            Invoice invoice = books.issue(10_001 + random.nextInt(9_999), -500);
            books.pay(invoice);
            Money tax = eur(0);
            Money left = invoice.total();
            while (left.isPositive()) {
                Money part = eur(1 + random.nextLong(Math.min(4_000, left.minor())));
                CreditNote note = books.credit(invoice, part, CreditNote.Excess.REFUND);
                assertThat(note.amounts().subtotal().plus(note.amounts().tax())).isEqualTo(part);
                assertThat(note.amounts().subtotal().isNegative()).isFalse();
                assertThat(note.toRefund()).isEqualTo(part);
                tax = tax.plus(note.amounts().tax());
                left = left.minus(part);
                Money tooMuch = left.plus(eur(1));
                assertThatThrownBy(() -> books.credit(invoice, tooMuch, CreditNote.Excess.BALANCE))
                        .isInstanceOf(Problem.class);
            }
            assertThat(tax).isEqualTo(invoice.amounts().tax());
            assertThat(books.reload(invoice).credited()).isEqualTo(invoice.total());
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
        Invoice invoice = books.issue(10_000);
        books.pay(invoice);

        assertThatThrownBy(() -> books.credit(invoice, eur(6_001), CreditNote.Excess.REFUND))
                .isInstanceOfSatisfying(
                        Problem.class,
                        problem -> assertThat(problem.code()).isEqualTo("not_refundable"));
        assertThat(books.reload(invoice).credited()).isEqualTo(eur(0));
        assertThat(onItsWayBack(invoice)).isZero();

        books.credit(invoice, eur(6_000), CreditNote.Excess.REFUND);
        books.credit(invoice, eur(4_000), CreditNote.Excess.BALANCE);

        assertThat(onItsWayBack(invoice)).isEqualTo(6_000);
        assertThat(books.balance()).isEqualTo(eur(4_000));
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
        Invoice invoice = books.issue(10_000);
        books.settle(invoice, 4_000);

        CreditNote first = books.credit(invoice, eur(5_000), CreditNote.Excess.BALANCE);

        assertThat(first.number()).matches("IGN-CN-\\d{4}-\\d{6}");
        assertThat(first.offDue()).isEqualTo(eur(5_000));
        assertThat(books.reload(invoice).due()).isEqualTo(eur(1_000));
        assertThat(books.balance()).isEqualTo(eur(0));

        CreditNote second = books.credit(invoice, eur(3_000), CreditNote.Excess.BALANCE);

        assertThat(second.offDue()).isEqualTo(eur(1_000));
        assertThat(second.toBalance()).isEqualTo(eur(2_000));
        assertThat(books.reload(invoice).status()).isEqualTo(Invoice.Status.PAID);
        assertThat(books.balance()).isEqualTo(eur(2_000));
        assertThat(books.issue(1_500).paid())
                .as("the balance pays the next one")
                .isEqualTo(eur(1_500));
    }

    @Test
    void anInvoiceThatIsTakenBackUnpaidIsSettledAndDeliversNothing() {
        Invoice invoice = books.issue(10_000);

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
        assertThat(books.reload(invoice).status()).isEqualTo(Invoice.Status.PAID);
        assertThat(books.settle(invoice, 10_000).paid()).isEqualTo(eur(0));
        assertThat(books.balance())
                .as("what comes in nevertheless is the customer's")
                .isEqualTo(eur(10_000));
    }
}
