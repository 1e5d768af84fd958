package com.igny8.billing;

import static org.assertj.core.api.Assertions.assertThat;

import com.igny8.catalog.Plans;
import com.igny8.invoice.CreditNote;
import com.igny8.invoice.CreditNotes;
import com.igny8.invoice.Invoice;
import com.igny8.invoice.Invoices;
import com.igny8.invoice.NewInvoice;
import com.igny8.kernel.Money;
import com.igny8.kernel.Problem;
import com.igny8.payment.NewPayment;
import com.igny8.payment.PaymentType;
import com.igny8.payment.Payments;
import com.igny8.payment.Refunds;
import com.igny8.tenancy.IdempotencyKey;
import com.igny8.testing.Customer;
import com.igny8.testing.Product;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Whatever moves the money of one account in the same instant waits its turn, and gets it. */
class MoneyLockTests {
    private static final int ROUNDS = 6;
    private static final int INVOICES = 4;

    private final Product product = Product.running();
    private final Clockwork clockwork = new Clockwork(product, (account, attempt) -> true);

    @Test
    void noTwoThingsThatMoveMoneyEverWaitForEachOther() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            Customer customer = product.emptyAccount();
            List<Invoice> invoices = customer.inside(this::subscribed);
            UUID paid = customer.inside(() -> pay(invoices.removeLast(), 3_000));
            List<Runnable> moves = new ArrayList<>();
            invoices.forEach(invoice -> moves.add(() -> pay(invoice, 1_000)));
            moves.add(() -> pay(invoices.getFirst(), 0));
            moves.add(() -> product.bean(Cancellation.class).cancel());
            moves.add(
                    () ->
                            product.bean(PlanChanges.class)
                                    .change(
                                            new PlanChanges.Wanted(
                                                    "scale", BillingInterval.MONTH, null)));
            moves.add(() -> clockwork.run().account(customer.accountId()));
            moves.add(() -> product.bean(Reinstatement.class).goOn());
            moves.add(
                    () ->
                            product.bean(Refunds.class)
                                    .refund(paid, null, "A test", IdempotencyKey.NONE));
            moves.add(
                    () ->
                            product.bean(CreditNotes.class)
                                    .write(
                                            invoices.getLast().id(),
                                            new Money(500, "USD"),
                                            "A test",
                                            CreditNote.Excess.BALANCE));

            allAtOnce(customer, moves);

            requireAgreeing(customer);
        }
    }

    /** On a plan, with invoices for it that wait to be paid. */
    private List<Invoice> subscribed() {
        Plans plans = product.bean(Plans.class);
        List<Invoice> invoices = new ArrayList<>();
        invoices.add(
                product.bean(Orders.class)
                        .place(
                                plans.latest("growth").orElseThrow(),
                                BillingInterval.MONTH,
                                PaymentType.BANK_TRANSFER));
        Subscription subscription = product.bean(Subscriptions.class).current();
        NewInvoice more = Orders.renewal(subscription, subscription.plan(), BillingInterval.MONTH);
        for (int number = 0; number < INVOICES; number++) {
            invoices.add(product.bean(Invoices.class).issue(more));
        }
        return invoices;
    }

    private UUID pay(Invoice invoice, long tooMuch) {
        return product.bean(Payments.class)
                .received(
                        new NewPayment(
                                invoice.id(),
                                "bank_transfer",
                                UUID.randomUUID().toString(),
                                invoice.total().plus(new Money(tooMuch, "USD")),
                                null,
                                null,
                                null))
                .id();
    }

    /** What is refused is refused; but nothing breaks. */
    private static void allAtOnce(Customer customer, List<Runnable> moves) throws Exception {
        CyclicBarrier start = new CyclicBarrier(moves.size());
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> running = new ArrayList<>();
            for (Runnable move : moves) {
                running.add(
                        threads.submit(
                                () -> {
                                    start.await();
                                    return customer.inside(() -> isDone(move));
                                }));
            }
            for (Future<?> each : running) {
                each.get();
            }
        }
    }

    private static boolean isDone(Runnable move) {
        try {
            move.run();
            return true;
        } catch (Problem refused) {
            assertThat(refused.status()).as(refused.getMessage()).isLessThan(500);
            return false;
        }
    }

    private void requireAgreeing(Customer customer) {
        assertThat(
                        product.sql()
                                .sql(
                                        """
                                        SELECT (SELECT sum(amount_minor - refunded_minor)
                                                  FROM payment WHERE account_id = :account
                                                   AND provider <> 'balance')
                                             - (SELECT sum(paid_minor - returned_minor)
                                                  FROM invoice WHERE account_id = :account)
                                             - (SELECT sum(balance_minor) FROM customer_balance
                                                 WHERE account_id = :account)
                                        """)
                                .param("account", customer.accountId())
                                .query(Long.class)
                                .single())
                .as("money that is neither on an invoice nor there")
                .isZero();
    }
}
