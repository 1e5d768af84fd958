package com.igny8.billing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.igny8.account.Accounts;
import com.igny8.credit.Ledger;
import com.igny8.invoice.Invoice;
import com.igny8.invoice.Invoices;
import com.igny8.kernel.Money;
import com.igny8.kernel.Problem;
import com.igny8.payment.NewPayment;
import com.igny8.payment.PaymentMethods;
import com.igny8.payment.PaymentType;
import com.igny8.payment.Payments;
import com.igny8.testing.Customer;
import com.igny8.testing.Product;

import org.junit.jupiter.api.Test;

import java.util.Map;
import java.util.UUID;

class PaidSignUpTests {
    private final Product product = Product.running();

    private Customer growth() {
        return product.signUp(Map.of("plan_slug", "growth", "payment_method", "bank_transfer"));
    }

    @Test
    void whoOrdersAPlanOwesItsFirstMonthAndHasNoCredits() {
        Customer customer = growth();

        assertThat(customer.inside(() -> product.bean(Accounts.class).current().status().key()))
                .isEqualTo("pending_payment");
        Subscription subscription =
                customer.inside(() -> product.bean(Subscriptions.class).current());
        assertThat(subscription.plan().slug()).isEqualTo("growth");
        assertThat(subscription.status()).isEqualTo(Subscription.Status.PENDING_PAYMENT);
        Invoice invoice = open(customer, subscription);
        assertThat(invoice.number()).matches("IGN-\\d{4}-\\d{6}");
        assertThat(invoice.due()).isEqualTo(new Money(13_900, "USD"));
        assertThat(invoice.billedTo().email()).isEqualTo(customer.email());
        assertThat(customer.inside(() -> product.bean(PaymentMethods.class).byDefault()))
                .hasValueSatisfying(
                        method -> assertThat(method.type()).isEqualTo(PaymentType.BANK_TRANSFER));
        assertThat(customer.inside(() -> product.bean(Ledger.class).balance().balance())).isZero();
    }

    @Test
    void itsPaymentBeginsTheMonthAndBringsTheCredits() {
        Customer customer = growth();
        Subscription ordered = customer.inside(() -> product.bean(Subscriptions.class).current());

        pay(customer, open(customer, ordered), 15_000);

        Subscription subscription =
                customer.inside(() -> product.bean(Subscriptions.class).current());
        assertThat(subscription.status()).isEqualTo(Subscription.Status.ACTIVE);
        assertThat(subscription.currentPeriodStart()).isAfter(ordered.currentPeriodStart());
        assertThat(subscription.currentPeriodEnd())
                .isEqualTo(Months.after(subscription.currentPeriodStart(), 1));
        assertThat(customer.inside(() -> product.bean(Accounts.class).current().status().key()))
                .isEqualTo("active");
        assertThat(customer.inside(() -> product.bean(Ledger.class).balance().balance()))
                .isEqualTo(2_000);
        assertThat(balance(customer)).isEqualTo(1_100);
    }

    @Test
    void theSamePaymentCountsOnce() {
        Customer customer = growth();
        Invoice invoice =
                open(customer, customer.inside(() -> product.bean(Subscriptions.class).current()));
        String reference = UUID.randomUUID().toString();
        NewPayment payment = payment(invoice, 13_900, reference);
        customer.inside(() -> product.bean(Payments.class).received(payment));

        assertThatThrownBy(
                        () -> customer.inside(() -> product.bean(Payments.class).received(payment)))
                .isInstanceOfSatisfying(
                        Problem.class,
                        problem -> assertThat(problem.code()).isEqualTo("payment_exists"));

        assertThat(customer.inside(() -> product.bean(Ledger.class).balance().balance()))
                .isEqualTo(2_000);
        assertThat(balance(customer)).isZero();
    }

    @Test
    void aPlanThatCostsMoneyNeedsAWayToPay() {
        Map<String, Object> body = Product.registration(Product.freshEmail());
        body.put("plan_slug", "growth");

        product.api().post("auth/register/", body).expectInvalid("payment_method");
        body.put("payment_method", "cash");
        product.api().post("auth/register/", body).expectInvalid("payment_method");
    }

    private Invoice open(Customer customer, Subscription subscription) {
        return customer.inside(() -> product.bean(Invoices.class).openFor(subscription.id()))
                .orElseThrow();
    }

    private void pay(Customer customer, Invoice invoice, long minor) {
        NewPayment payment = payment(invoice, minor, UUID.randomUUID().toString());
        customer.inside(() -> product.bean(Payments.class).received(payment));
    }

    private static NewPayment payment(Invoice invoice, long minor, String reference) {
        return new NewPayment(
                invoice.id(),
                "bank_transfer",
                reference,
                new Money(minor, "USD"),
                "Ada Lovelace",
                null,
                null);
    }

    private long balance(Customer customer) {
        return product.sql()
                .sql(
                        "SELECT coalesce(sum(balance_minor), 0) FROM customer_balance"
                                + " WHERE account_id = ?")
                .param(customer.accountId())
                .query(Long.class)
                .single();
    }
}
