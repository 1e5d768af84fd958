package com.igny8.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.igny8.invoice.CreditNote;
import com.igny8.invoice.CreditNotes;
import com.igny8.invoice.CustomerBalance;
import com.igny8.invoice.Invoice;
import com.igny8.kernel.Money;
import com.igny8.tenancy.Caller;
import com.igny8.tenancy.Tenancy;
import com.igny8.testing.Mailbox;
import com.igny8.testing.Operator;
import com.igny8.testing.PageClient;
import com.igny8.testing.Product;
import com.igny8.testing.Reply;

import org.junit.jupiter.api.Test;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What money that goes back is taken from: the books agree before and after. */
class MoneyBackTests {
    private final Product product = Product.running();
    private final Operator operator = Operator.of(product);
    private final Payer payer = Payer.signUp(PaymentType.STRIPE);

    private static Money usd(long minor) {
        return new Money(minor, "USD");
    }

    private UUID transfers(UUID invoice, long minor) {
        return payer.customer()
                .inside(
                        () ->
                                product.bean(Payments.class)
                                        .received(
                                                new NewPayment(
                                                        invoice,
                                                        "bank_transfer",
                                                        UUID.randomUUID().toString(),
                                                        usd(minor),
                                                        null,
                                                        null,
                                                        null))
                                        .id());
    }

    private Reply refund(UUID payment, String amount) {
        return operator.api()
                .post(
                        "console/payments/" + payment + "/refund/",
                        Map.of("amount", amount, "reason", "A test"));
    }

    private Money balance() {
        return payer.customer().inside(() -> product.bean(CustomerBalance.class).of("USD"));
    }

    private List<CreditNote> notes(UUID invoice) {
        return payer.customer().inside(() -> product.bean(CreditNotes.class).of(invoice));
    }

    private List<String> letters(String kind) {
        return new Mailbox(product, payer.customer().email())
                .letters().stream()
                        .map(Mailbox.Received::template)
                        .filter(template -> template.matches(kind))
                        .toList();
    }

    private void requireAgreeing() {
        assertThat(
                        product.sql()
                                .sql(
                                        """
                                        SELECT (SELECT sum(amount_minor - refunded_minor)
                                                  FROM payment WHERE account_id = :account
                                                   AND provider <> 'balance'
                                                   AND status NOT IN ('pending', 'failed'))
                                             - (SELECT sum(paid_minor - returned_minor)
                                                  FROM invoice WHERE account_id = :account)
                                             - (SELECT coalesce(sum(balance_minor), 0)
                                                  FROM customer_balance
                                                 WHERE account_id = :account)
                                        """)
                                .param("account", payer.customer().accountId())
                                .query(Long.class)
                                .single())
                .as("money that is neither on an invoice nor there")
                .isZero();
    }

    @Test
    void whatWasPaidTooMuchGoesBackFromTheBalanceThenFromTheInvoice() {
        UUID invoice = payer.owes(10_000);
        UUID payment = transfers(invoice, 15_000);
        assertThat(balance()).isEqualTo(usd(5_000));

        refund(payment, "30.00").expect(200);

        assertThat(balance()).isEqualTo(usd(2_000));
        assertThat(notes(invoice)).isEmpty();
        requireAgreeing();

        refund(payment, "120.00").expect(200);

        assertThat(balance()).isEqualTo(usd(0));
        assertThat(notes(invoice)).singleElement().satisfies(this::sendsBackAll);
        assertThat(payer.invoice(invoice).status()).isEqualTo(Invoice.Status.PAID);
        assertThat(letters("refund.*|credit_note.*"))
                .containsExactly("refund_sent", "credit_note_issued", "refund_sent");
        requireAgreeing();
    }

    private void sendsBackAll(CreditNote note) {
        assertThat(note.toRefund()).isEqualTo(usd(10_000));
        assertThat(note.reason()).isEqualTo("A test");
    }

    @Test
    void whatIsUsedOfTheBalanceDoesNotGoBack() {
        UUID invoice = payer.owes(10_000);
        UUID payment = transfers(invoice, 15_000);
        UUID other = payer.owes(4_000);
        assertThat(payer.invoice(other).status()).isEqualTo(Invoice.Status.PAID);

        Reply refused = refund(payment, "110.01").expectRefusal(409, "balance_used");

        assertThat(refused.json().path("refundable").asString()).isEqualTo("110.00");
        assertThat(balance()).isEqualTo(usd(1_000));
        assertThat(payer.payment(invoice).refunded()).isEqualTo(usd(0));
        refund(payment, "110.00").expect(200);
        assertThat(balance()).isEqualTo(usd(0));
        assertThat(payer.invoice(other).status()).isEqualTo(Invoice.Status.PAID);
        requireAgreeing();
        refund(payment, "0.01").expectRefusal(409, "balance_used");
    }

    @Test
    void aPartOfAnInvoiceThatIsNotPaidYetIsToBePaidAgain() {
        UUID invoice = payer.owes(10_000);
        UUID payment = transfers(invoice, 4_000);

        refund(payment, "40.00").expect(200);

        assertThat(payer.invoice(invoice).due()).isEqualTo(usd(10_000));
        assertThat(notes(invoice)).isEmpty();
        requireAgreeing();
    }

    /** Paid by card and by transfer at the same time; the second pays the next invoice. */
    @Test
    void aLostDisputeOfMoneyThatWasUsedSinceOpensWhatItPaid() {
        UUID invoice = payer.owes(1_000);
        URI page = payer.page(invoice);
        transfers(invoice, 1_000);
        payer.agreesOn(page);
        await().until(() -> balance().equals(usd(1_000)));
        UUID next = payer.owes(600);
        assertThat(balance()).isEqualTo(usd(400));

        String dispute = Product.stripe().disputes(String.valueOf(byCard(invoice).reference()));
        await().until(() -> letters("dispute.*").size() == 1);
        Product.stripe().decides(dispute, "lost");

        await().until(() -> payer.invoice(next).status() == Invoice.Status.OPEN);
        assertThat(payer.invoice(next).due()).isEqualTo(usd(600));
        assertThat(payer.invoice(invoice).status()).isEqualTo(Invoice.Status.PAID);
        assertThat(balance()).isEqualTo(usd(0));
        requireAgreeing();
        PageClient pages = PageClient.signedIn(payer.customer());
        assertThat(pages.get("/account/payments").body())
                .contains("The dispute is decided for you", "went back to you");
        assertThat(pages.get("/account/invoices/" + next + "/pay").body())
                .contains("that payment was taken back");
        assertThat(pages.get("/account").body()).contains("1 to be paid");
        String number = String.valueOf(payer.invoice(invoice).number());
        assertThat(new Mailbox(product, operator.email()).letters())
                .filteredOn(letter -> letter.template().startsWith("operator_dispute"))
                .filteredOn(letter -> letter.text().contains(number))
                .extracting(Mailbox.Received::template)
                .containsExactly("operator_dispute_opened", "operator_dispute_lost");
    }

    private Payment byCard(UUID invoice) {
        return product.sql()
                .sql("SELECT * FROM payment WHERE invoice_id = ? AND provider = 'stripe'")
                .param(invoice)
                .query(Payments::payment)
                .single();
    }

    @Test
    void whatCouldNotBeSentBackIsTheCustomersAgain() {
        UUID invoice = payer.owes(1_000);
        transfers(invoice, 1_000);
        Payment payment = payer.payment(invoice);
        refund(payment.id(), "10.00").expect(200);
        assertThat(payer.payment(invoice).status()).isEqualTo(Payment.Status.REFUNDED);

        tell(payment, RefundStatus.FAILED);
        tell(payment, RefundStatus.FAILED);
        tell(payment, RefundStatus.SUCCEEDED);

        assertThat(balance()).isEqualTo(usd(1_000));
        assertThat(payer.payment(invoice).status()).isEqualTo(Payment.Status.SUCCEEDED);
        assertThat(payer.invoice(invoice).status()).isEqualTo(Invoice.Status.PAID);
        requireAgreeing();
        refund(payment.id(), "10.00").expect(200);
        assertThat(balance()).isEqualTo(usd(0));
        requireAgreeing();
    }

    /** Banks may say so days after it was said to be done. */
    private void tell(Payment payment, RefundStatus status) {
        ProviderPayment.Refunded refunded =
                product.sql()
                        .sql("SELECT * FROM refund WHERE payment_id = ? LIMIT 1")
                        .param(payment.id())
                        .query(
                                (row, number) ->
                                        new ProviderPayment.Refunded(
                                                row.getString("provider_reference"),
                                                null,
                                                usd(row.getLong("amount_minor")),
                                                status))
                        .single();
        Tenancy.as(
                Caller.system(payment.accountId()),
                () ->
                        product.bean(Reckoning.class)
                                .payment(
                                        PaymentType.BANK_TRANSFER,
                                        new ProviderPayment(
                                                payment.accountId(),
                                                payment.id(),
                                                payment.reference(),
                                                payment.amount(),
                                                new Outcome.Succeeded(),
                                                List.of(refunded),
                                                List.of(),
                                                null)));
    }

    @Test
    void lettersAboutMoneyGoToWhoIsTheContactByThenAndToNobodyWhoWasErased() {
        UUID invoice = payer.owes(10_000);
        String contact = Product.freshEmail();
        payer.customer().api().patch("auth/account/", Map.of("contact_email", contact)).expect(200);

        refund(transfers(invoice, 10_000), "30.00").expect(200);

        assertThat(letters("invoice.*|credit_note.*|refund.*")).containsExactly("invoice_issued");
        assertThat(new Mailbox(product, contact).letters())
                .extracting(Mailbox.Received::template)
                .containsExactly(
                        "contact_set", "invoice_paid", "credit_note_issued", "refund_sent");

        String nowhere = "erased@igny8.invalid";
        product.sql()
                .sql("UPDATE account SET contact_email = ? WHERE id = ?")
                .params(nowhere, payer.customer().accountId())
                .update();
        payer.owes(10_000);

        assertThat(new Mailbox(product, contact).letters()).hasSize(4);
        assertThat(new Mailbox(product, nowhere).letters()).isEmpty();
    }
}
