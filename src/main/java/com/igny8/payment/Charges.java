package com.igny8.payment;

import com.igny8.account.AccountClock;
import com.igny8.invoice.Invoice;
import com.igny8.invoice.Invoices;
import com.igny8.kernel.Problem;
import com.igny8.tenancy.AccountSql;
import com.igny8.tenancy.Caller;
import com.igny8.tenancy.Columns;
import com.igny8.tenancy.Tenancy;
import com.igny8.tenancy.TenantTransactions;

import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronizationManager;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;

/**
 * Charges what providers keep, without the customer: for renewals.
 *
 * <p>The payment is written down as pending before the provider is asked, and its id goes with the
 * question. Whatever happens in between, the provider is asked again under the same id until there
 * is an answer, and charges once.
 */
@Component
public class Charges implements SavedMethodCharge {
    private final TenantTransactions transactions;
    private final Invoices invoices;
    private final PaymentMethods methods;
    private final PaymentOptions options;
    private final Reckoning reckoning;
    private final AccountClock clock;

    Charges(
            TenantTransactions transactions,
            Invoices invoices,
            PaymentMethods methods,
            PaymentOptions options,
            Reckoning reckoning,
            AccountClock clock) {
        this.transactions = transactions;
        this.invoices = invoices;
        this.methods = methods;
        this.options = options;
        this.reckoning = reckoning;
        this.clock = clock;
    }

    @Override
    public Outcome charge(UUID accountId, UUID invoiceId, String attempt) {
        if (TransactionSynchronizationManager.isActualTransactionActive()) {
            throw new IllegalStateException("A provider is not waited for in a transaction");
        }
        return Tenancy.as(
                Caller.system(accountId),
                () ->
                        switch (transactions.write(sql -> begin(sql, invoiceId, attempt))) {
                            case Answered answered -> answered.outcome();
                            case UnderWay underWay -> ask(underWay);
                        });
    }

    /** How far a charge is. */
    private sealed interface Step {}

    /** There is nothing to ask the provider for. */
    private record Answered(Outcome outcome) implements Step {}

    /** It is written down, and the provider has not answered yet. */
    private record UnderWay(PaymentType type, NewCharge charge) implements Step {}

    private Step begin(AccountSql sql, UUID invoiceId, String attempt) {
        Invoice invoice = invoices.locked(invoiceId);
        Optional<UUID> known = known(sql, invoiceId, attempt);
        if (known.isPresent()) {
            return step(sql, known.get());
        }
        if (!invoice.due().isPositive()) {
            return new Answered(new Outcome.Succeeded());
        }
        Optional<PaymentMethod> method =
                methods.byDefault().filter(each -> each.methodReference() != null);
        if (method.isEmpty()) {
            return new Answered(
                    new Outcome.Failed(
                            "no_payment_method",
                            "There is no card and no PayPal account to charge",
                            false));
        }
        insert(sql, invoice, method.get(), attempt);
        return known(sql, invoiceId, attempt)
                .map(id -> step(sql, id))
                // Another attempt is under way, and may still succeed
                .orElseGet(() -> new Answered(new Outcome.Pending()));
    }

    private static Optional<UUID> known(AccountSql sql, UUID invoiceId, String attempt) {
        return sql.statement(
                        """
                        SELECT id FROM payment
                         WHERE account_id = :account_id AND invoice_id = :invoice
                           AND attempt = :attempt
                        """)
                .param("invoice", invoiceId)
                .param("attempt", attempt)
                .query(UUID.class)
                .optional();
    }

    private void insert(AccountSql sql, Invoice invoice, PaymentMethod method, String attempt) {
        sql.statement(
                        """
                        INSERT INTO payment (account_id, invoice_id, payment_method_id, provider,
                            status, amount_minor, currency, attempt, created_at, next_look_at)
                        VALUES (:account_id, :invoice, :method, :provider, 'pending', :amount,
                            :currency, :attempt, :now, now() + interval '2 minutes')
                        ON CONFLICT DO NOTHING
                        """)
                .param("invoice", invoice.id())
                .param("method", method.id())
                .param("provider", method.type().key())
                .param("amount", invoice.due().minor())
                .param("currency", invoice.currency())
                .param("attempt", attempt)
                .param("now", Columns.timestamp(clock.now()))
                .update();
    }

    private static Step step(AccountSql sql, UUID paymentId) {
        return sql.statement(
                        """
                        SELECT payment.*, invoice.number, customer_reference, method_reference
                          FROM payment
                          JOIN invoice ON invoice.account_id = payment.account_id
                                      AND invoice.id = invoice_id
                          JOIN payment_method ON payment_method.account_id = payment.account_id
                                             AND payment_method.id = payment_method_id
                         WHERE payment.account_id = :account_id AND payment.id = :payment
                        """)
                .param("payment", paymentId)
                .query(Charges::step)
                .single();
    }

    private static Step step(ResultSet row, int number) throws SQLException {
        Payment payment = Payments.payment(row, number);
        return switch (payment.status()) {
            case PENDING ->
                    new UnderWay(
                            PaymentType.of(payment.provider()),
                            new NewCharge(
                                    payment.accountId(),
                                    payment.id(),
                                    payment.amount(),
                                    "Invoice " + row.getString("number"),
                                    row.getString("customer_reference"),
                                    row.getString("method_reference")));
            case SUCCEEDED, REFUNDED, PARTIALLY_REFUNDED -> new Answered(new Outcome.Succeeded());
            case FAILED ->
                    new Answered(
                            new Outcome.Failed(
                                    row.getString("failure_code"),
                                    row.getString("failure_message"),
                                    row.getBoolean("may_retry")));
        };
    }

    private Outcome ask(UnderWay underWay) {
        NewCharge charge = underWay.charge();
        ProviderPayment found;
        try {
            found = options.provider(underWay.type()).charge(charge);
        } catch (ProviderFailure failure) {
            if (failure.isUnknown()) {
                return new Outcome.Pending(); // Asked again by Unsettled, under the same id
            }
            found = failed(charge, "provider_refused", failure.problem().sentence(), true);
        } catch (Problem problem) {
            found = failed(charge, problem.code(), problem.sentence(), false);
        }
        reckoning.payment(underWay.type(), found);
        return switch (transactions.read(sql -> step(sql, charge.paymentId()))) {
            case Answered answered -> answered.outcome();
            case UnderWay still -> new Outcome.Pending();
        };
    }

    private static ProviderPayment failed(
            NewCharge charge, String code, String message, boolean mayRetry) {
        return ProviderPayment.of(
                charge.accountId(),
                charge.paymentId(),
                null,
                charge.amount(),
                new Outcome.Failed(code, message, mayRetry));
    }

    /** Asks again for a charge of which nobody knows what became of it. */
    void resolve(UUID accountId, UUID paymentId) {
        Tenancy.as(
                Caller.system(accountId),
                () ->
                        switch (transactions.read(sql -> step(sql, paymentId))) {
                            case Answered answered -> answered.outcome();
                            case UnderWay underWay -> ask(underWay);
                        });
    }
}
