package com.igny8.billing;

import com.igny8.account.AccountClock;
import com.igny8.account.Accounts;
import com.igny8.credit.Endings;
import com.igny8.invoice.Invoice;
import com.igny8.invoice.Invoices;
import com.igny8.payment.NewPayment;
import com.igny8.payment.Outcome;
import com.igny8.payment.Payments;
import com.igny8.payment.SavedMethodCharge;
import com.igny8.tenancy.AuditLog;
import com.igny8.tenancy.Caller;
import com.igny8.tenancy.PlatformTransactions;
import com.igny8.tenancy.Tenancy;
import com.igny8.tenancy.TenantTransactions;
import com.igny8.testing.Customer;
import com.igny8.testing.Product;

import org.springframework.transaction.support.TransactionSynchronizationManager;

import java.time.Clock;
import java.time.Instant;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Predicate;

/** Billing over a provider whose answers a test makes up, and clocks that are advanced. */
final class Clockwork {
    private final Product product;
    private final BillingRun run;
    private final TestClocks clocks;

    /**
     * @param isPaid whether an attempt to charge an account is paid
     */
    Clockwork(Product product, BiFunction<UUID, String, Boolean> isPaid) {
        this(product, isPaid, account -> false);
    }

    /**
     * @param isReal whether an account is charged as in the product, by a provider
     */
    Clockwork(Product product, BiFunction<UUID, String, Boolean> isPaid, Predicate<UUID> isReal) {
        this.product = product;
        this.run =
                run(
                        (account, invoice, attempt) ->
                                isReal.test(account)
                                        ? product.bean(SavedMethodCharge.class)
                                                .charge(account, invoice, attempt)
                                        : charge(account, invoice, attempt, isPaid));
        this.clocks =
                new TestClocks(
                        product.bean(PlatformTransactions.class),
                        product.bean(TenantTransactions.class),
                        run,
                        product.bean(Endings.class),
                        product.bean(AccountClock.class),
                        product.bean(AuditLog.class),
                        product.bean(Clock.class));
    }

    private BillingRun run(SavedMethodCharge charge) {
        Dunning dunning =
                new Dunning(
                        product.bean(TenantTransactions.class),
                        product.bean(Subscriptions.class),
                        product.bean(SubscriptionChanges.class),
                        product.bean(OpenInvoices.class),
                        product.bean(Invoices.class),
                        product.bean(Accounts.class),
                        product.bean(BillingLetters.class),
                        product.bean(BillingSettings.class),
                        product.bean(AccountClock.class),
                        charge);
        return new BillingRun(
                product.bean(PlatformTransactions.class),
                product.bean(DueWork.class),
                dunning,
                product.bean(Clock.class));
    }

    private Outcome charge(
            UUID account,
            UUID invoiceId,
            String attempt,
            BiFunction<UUID, String, Boolean> isPaid) {
        if (TransactionSynchronizationManager.isActualTransactionActive()) {
            throw new IllegalStateException("A provider is not waited for in a transaction");
        }
        return Tenancy.as(
                Caller.system(account),
                () -> {
                    if (!hasCard(account)) {
                        return new Outcome.Failed("no_payment_method", "None", false);
                    }
                    if (!isPaid.apply(account, attempt)) {
                        return new Outcome.Failed("card_declined", "Your card was declined", true);
                    }
                    Invoice invoice = product.bean(Invoices.class).get(invoiceId);
                    pay(invoice, "stripe", invoiceId + "/" + attempt);
                    return new Outcome.Succeeded();
                });
    }

    private boolean hasCard(UUID account) {
        return product.sql()
                .sql(
                        """
                        SELECT EXISTS (SELECT FROM payment_method WHERE account_id = ?
                            AND is_default AND method_reference IS NOT NULL)
                        """)
                .param(account)
                .query(Boolean.class)
                .single();
    }

    private void pay(Invoice invoice, String provider, String reference) {
        product.bean(Payments.class)
                .received(
                        new NewPayment(
                                invoice.id(),
                                provider,
                                reference,
                                invoice.due(),
                                null,
                                null,
                                null));
    }

    BillingRun run() {
        return run;
    }

    /** The customer's account lives by a clock of its own from now on, at this moment. */
    void stopAt(Customer customer, Instant now) {
        customer.inside(clocks::give);
        product.sql()
                .sql("UPDATE test_clock SET now_at = ?::timestamptz WHERE account_id = ?")
                .param(now.toString())
                .param(customer.accountId())
                .update();
    }

    /** Till a moment, with all that falls due by then. */
    void to(Customer customer, Instant end) {
        customer.inside(
                () -> {
                    clocks.advanceTo(end);
                    return true;
                });
    }

    Instant months(Customer customer, int months) {
        return customer.inside(() -> clocks.advance(months, 0));
    }

    Instant days(Customer customer, int days) {
        return customer.inside(() -> clocks.advance(0, days));
    }

    /** Whatever waits to be paid is, by a bank transfer. */
    void payOpen(Customer customer) {
        customer.inside(
                () -> {
                    product.bean(Subscriptions.class).find().stream()
                            .flatMap(
                                    subscription ->
                                            product
                                                    .bean(Invoices.class)
                                                    .lockedOpen(subscription.id())
                                                    .stream())
                            .forEach(
                                    invoice ->
                                            pay(
                                                    invoice,
                                                    "bank_transfer",
                                                    UUID.randomUUID().toString()));
                    return true;
                });
    }

    /** An invoice is paid, by a bank transfer. */
    void pay(Customer customer, UUID invoiceId) {
        customer.inside(
                () -> {
                    Invoice invoice = product.bean(Invoices.class).get(invoiceId);
                    pay(invoice, "bank_transfer", UUID.randomUUID().toString());
                    return true;
                });
    }

    void giveCard(Customer customer) {
        product.sql()
                .sql("UPDATE payment_method SET is_default = false WHERE account_id = ?")
                .param(customer.accountId())
                .update();
        product.sql()
                .sql(
                        """
                        INSERT INTO payment_method (account_id, type, is_default,
                            customer_reference, method_reference, created_at)
                        VALUES (?, 'stripe', true, 'cus_1', 'pm_' || uuidv7(), now())
                        """)
                .param(customer.accountId())
                .update();
    }

    Subscription subscription(Customer customer) {
        return customer.inside(() -> product.bean(Subscriptions.class).current());
    }
}
