package com.igny8.billing;

import com.igny8.invoice.Invoice;
import com.igny8.invoice.Invoices;
import com.igny8.payment.PaymentMethod;
import com.igny8.payment.PaymentMethods;
import com.igny8.payment.SavedMethodCharge;
import com.igny8.tenancy.Tenancy;

import org.springframework.stereotype.Component;

import java.util.UUID;

/** Pays what was just ordered by what the account's provider keeps, where it keeps something. */
@Component
class OrderCharges {
    private static final String ATTEMPT = "order";

    private final Invoices invoices;
    private final PaymentMethods paymentMethods;
    private final SavedMethodCharge charges;

    OrderCharges(Invoices invoices, PaymentMethods paymentMethods, SavedMethodCharge charges) {
        this.invoices = invoices;
        this.paymentMethods = paymentMethods;
        this.charges = charges;
    }

    /**
     * Outside of any transaction. The invoice as it is afterwards: open where nothing was charged.
     */
    Invoice settle(UUID invoiceId) {
        boolean isKept = paymentMethods.byDefault().map(PaymentMethod::methodReference).isPresent();
        if (isKept && invoices.get(invoiceId).due().isPositive()) {
            charges.charge(Tenancy.accountId(), invoiceId, ATTEMPT);
        }
        return invoices.get(invoiceId);
    }
}
