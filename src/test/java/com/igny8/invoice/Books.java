package com.igny8.invoice;

import com.igny8.kernel.Money;
import com.igny8.payment.NewPayment;
import com.igny8.payment.Payments;
import com.igny8.testing.Customer;

import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

/** What is billed to a customer, through the front doors and in euros. */
record Books(Customer customer) {
    /** A line for each amount. */
    Invoice issue(long... minor) {
        List<InvoiceLine> lines =
                IntStream.range(0, minor.length)
                        .mapToObj(
                                line ->
                                        InvoiceLine.of(
                                                "Line " + line, 1, new Money(minor[line], "EUR")))
                        .toList();
        return customer.inside(
                () ->
                        bean(Invoices.class)
                                .issue(
                                        new NewInvoice(
                                                Invoice.Purpose.MANUAL, null, null, "EUR", lines)));
    }

    Invoice reload(Invoice invoice) {
        return customer.inside(() -> bean(Invoices.class).get(invoice.id()));
    }

    Invoice settle(Invoice invoice, long minor) {
        return customer.inside(() -> bean(Invoices.class).settle(invoice.id(), eur(minor)));
    }

    CreditNote credit(Invoice invoice, Money amount, CreditNote.Excess excess) {
        return customer.inside(
                () -> bean(CreditNotes.class).write(invoice.id(), amount, "Test", excess));
    }

    Money balance() {
        return customer.inside(() -> bean(CustomerBalance.class).of("EUR"));
    }

    static Money eur(long minor) {
        return new Money(minor, "EUR");
    }

    /** Puts the account into a country with a tax of its own. */
    void taxed(String percent, boolean isInclusive) {
        customer.product()
                .sql()
                .sql(
                        """
                        INSERT INTO tax_rate (country, name, percent, is_inclusive, effective_from)
                        VALUES ('AQ', 'VAT', ?::numeric, ?, clock_timestamp())
                        """)
                .params(percent, isInclusive)
                .update();
        customer.product()
                .sql()
                .sql("UPDATE account SET country = 'AQ' WHERE id = ?")
                .param(customer.accountId())
                .update();
    }

    /** By a transfer of what is due. */
    void pay(Invoice invoice) {
        Money due = invoice.due();
        customer.inside(
                () ->
                        bean(Payments.class)
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

    private <T> T bean(Class<T> type) {
        return customer.product().bean(type);
    }
}
