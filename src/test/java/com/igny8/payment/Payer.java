package com.igny8.payment;

import static org.awaitility.Awaitility.await;

import com.igny8.invoice.Invoice;
import com.igny8.invoice.InvoiceLine;
import com.igny8.invoice.Invoices;
import com.igny8.invoice.NewInvoice;
import com.igny8.kernel.Money;
import com.igny8.testing.Customer;
import com.igny8.testing.Product;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** A customer who owes something, and pays it in one way. */
record Payer(Customer customer, PaymentType type) {
    static Payer signUp(PaymentType type) {
        return new Payer(Product.running().signUp(), type);
    }

    UUID owes(long minor) {
        return owes(new Money(minor, "USD"));
    }

    UUID owes(Money amount) {
        return customer.inside(
                () ->
                        product()
                                .bean(Invoices.class)
                                .issue(
                                        new NewInvoice(
                                                Invoice.Purpose.MANUAL,
                                                null,
                                                null,
                                                amount.currency(),
                                                List.of(InvoiceLine.of("Test", 1, amount))))
                                .id());
    }

    Product product() {
        return customer.product();
    }

    /** Opens the provider's page. */
    URI page(UUID invoice) {
        return URI.create(
                customer.api()
                        .post(
                                "billing/invoices/" + invoice + "/checkout/",
                                Map.of("payment_method", type.key()))
                        .expect(200)
                        .data()
                        .path("url")
                        .asString());
    }

    /** Does on the page what is to be done there; where it leads then. */
    URI agreesOn(URI page) {
        return switch (type) {
            case STRIPE -> Product.stripe().customerPays(page, "pm_card_visa");
            case PAYPAL -> Product.payPal().customerApproves(page);
            case BANK_TRANSFER -> throw new IllegalStateException();
        };
    }

    /** Pays on the page, and is back. */
    UUID pays(long minor) {
        UUID invoice = owes(minor);
        comesBack(agreesOn(page(invoice)));
        awaitPaid(invoice);
        return invoice;
    }

    /** The provider's page sends the browser back to us. */
    void comesBack(URI address) {
        customer.inside(
                () -> {
                    product()
                            .bean(Checkouts.class)
                            .returned(
                                    type, address.getQuery().replaceFirst("[^=]*=([^&]*).*", "$1"));
                    return true;
                });
    }

    void awaitPaid(UUID invoice) {
        await().until(() -> invoice(invoice).status() == Invoice.Status.PAID);
    }

    Invoice invoice(UUID id) {
        return customer.inside(() -> product().bean(Invoices.class).get(id));
    }

    Payment payment(UUID invoice) {
        return product()
                .sql()
                .sql("SELECT * FROM payment WHERE invoice_id = ? ORDER BY begun_at DESC LIMIT 1")
                .param(invoice)
                .query(Payments::payment)
                .single();
    }

    JsonNode methods() {
        return customer.api().get("billing/payment-methods/").expect(200).results();
    }

    Outcome charged(UUID invoice, String attempt) {
        return product().bean(Charges.class).charge(customer.accountId(), invoice, attempt);
    }

    /** All that our books say of this customer, without what differs from run to run. */
    List<Map<String, @Nullable Object>> books() {
        return product()
                .sql()
                .sql(
                        """
                        SELECT invoice.status AS invoice, paid_minor, payment.status,
                               payment.amount_minor, refunded_minor,
                               (SELECT coalesce(string_agg(status || amount_minor, ','
                                           ORDER BY status, amount_minor), '') FROM refund
                                 WHERE payment_id = payment.id) AS refunds,
                               (SELECT coalesce(string_agg(status, ','), '') FROM dispute
                                 WHERE payment_id = payment.id) AS disputes,
                               (SELECT string_agg(type || is_default || details, ','
                                           ORDER BY type) FROM payment_method
                                 WHERE account_id = :account AND removed_at IS NULL) AS methods,
                               (SELECT coalesce(sum(balance_minor), 0) FROM customer_balance
                                 WHERE account_id = :account) AS balance
                          FROM invoice JOIN payment ON invoice_id = invoice.id
                         WHERE invoice.account_id = :account
                         ORDER BY payment.amount_minor
                        """)
                .param("account", customer.accountId())
                .query()
                .listOfRows();
    }
}
