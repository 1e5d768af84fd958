package com.igny8.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.igny8.invoice.Invoice;
import com.igny8.invoice.InvoiceLine;
import com.igny8.invoice.Invoices;
import com.igny8.invoice.NewInvoice;
import com.igny8.kernel.Money;
import com.igny8.testing.Customer;
import com.igny8.testing.Mailbox;
import com.igny8.testing.Operator;
import com.igny8.testing.Product;
import com.igny8.testing.StripeStandIn;

import org.junit.jupiter.api.Test;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;

class ErasedPayerTests {
    private final Product product = Product.running();
    private final Customer customer = product.signUp();

    /** Guard: the bank goes on long after the customer is gone. */
    @Test
    void ofADisputeAfterTheErasureOnlyTheOperatorHears() throws Exception {
        Operator operator = Operator.of(product);
        UUID invoice = paid();
        AccountDeletionTests.delete(customer).expect(200);
        product.clock()
                .later(
                        Duration.ofDays(14).plusMinutes(10),
                        () -> product.bean(Erasure.class).run());

        Product.stripe().disputes(reference(invoice));

        Mailbox mails = new Mailbox(product, operator.email());
        await().until(() -> !mails.letters("operator_dispute_opened").isEmpty());
        assertThat(lettersToNobody()).isZero();
    }

    private UUID paid() {
        Money amount = new Money(8_900, "USD");
        var owed =
                new NewInvoice(
                        Invoice.Purpose.MANUAL,
                        null,
                        null,
                        "USD",
                        List.of(InvoiceLine.of("Test", 1, amount)));
        Invoices invoices = product.bean(Invoices.class);
        UUID id = customer.inside(() -> invoices.issue(owed).id());
        String page =
                customer.api()
                        .post(
                                "billing/invoices/" + id + "/checkout/",
                                Map.of("payment_method", "stripe"))
                        .expect(200)
                        .data()
                        .path("url")
                        .asString();
        Product.stripe().customerPays(URI.create(page), StripeStandIn.GOOD_CARD);
        await().until(
                        () ->
                                customer.inside(() -> invoices.get(id)).status()
                                        == Invoice.Status.PAID);
        return id;
    }

    private String reference(UUID invoice) {
        return product.sql()
                .sql("SELECT provider_reference FROM payment WHERE invoice_id = ?")
                .param(invoice)
                .query(String.class)
                .single();
    }

    private long lettersToNobody() {
        return product.sql()
                .sql("SELECT count(*) FROM mail WHERE recipient LIKE '%@igny8.invalid'")
                .query(Long.class)
                .single();
    }
}
