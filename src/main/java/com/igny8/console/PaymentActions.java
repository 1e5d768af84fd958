package com.igny8.console;

import com.igny8.account.Accounts;
import com.igny8.kernel.Money;
import com.igny8.kernel.Problem;
import com.igny8.payment.PaymentSearch;
import com.igny8.payment.Refunds;
import com.igny8.tenancy.IdempotencyKey;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import java.util.UUID;

/** What operators do about customers' payments: written down in the customer's audit log. */
@Component
class PaymentActions {
    private final Accounts accounts;
    private final PaymentSearch payments;
    private final Refunds refunds;

    PaymentActions(Accounts accounts, PaymentSearch payments, Refunds refunds) {
        this.accounts = accounts;
        this.payments = payments;
        this.refunds = refunds;
    }

    PaymentSearch.Found payment(UUID id) {
        return payments.find(id).orElseThrow(() -> Problem.notFound("Payment"));
    }

    /**
     * Sends a payment back, or a part of it; once for each idempotency key.
     *
     * @param amount decimals of the payment's currency; null for all that is left
     */
    PaymentSearch.Found refund(
            UUID id, @Nullable String amount, Reason reason, IdempotencyKey key) {
        PaymentSearch.Found found = payment(id);
        UUID accountId = accounts.customer(found.payment().accountId()).id();
        String currency = found.payment().amount().currency();
        Money wanted =
                amount == null || amount.isBlank()
                        ? null
                        : Money.require("amount", amount.strip(), currency);
        Desk.on(accountId, () -> refunds.refund(id, wanted, reason.text(), key));
        return payment(id);
    }
}
