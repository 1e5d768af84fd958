package com.igny8.billing;

import com.igny8.account.Accounts;
import com.igny8.account.BillingProfile;
import com.igny8.invoice.Invoice;
import com.igny8.kernel.Money;
import com.igny8.mail.Letter;
import com.igny8.mail.Outbox;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

import java.util.Optional;
import java.util.UUID;

/** What the bound account is told of its bank transfers. */
@Component
class BankTransferLetters {
    private final Outbox outbox;
    private final BillingProfile profile;
    private final Accounts accounts;
    private final String publicUrl;

    BankTransferLetters(
            Outbox outbox,
            BillingProfile profile,
            Accounts accounts,
            @Value("${igny8.public-url}") String publicUrl) {
        this.outbox = outbox;
        this.profile = profile;
        this.accounts = accounts;
        this.publicUrl = publicUrl;
    }

    /** Where it pays the whole, the invoice's own receipt says so. */
    void postPart(Invoice invoice, Money received) {
        post(
                "bank_transfer_received",
                "We received your bank transfer",
                """
                Hello,

                your bank transfer of %s arrived. It pays a part of invoice %s. %s of it is still
                to be paid:

                %s
                """
                        .formatted(
                                received.text(),
                                invoice.number(),
                                invoice.due().text(),
                                address(invoice.id())));
    }

    void postDeclined(Invoice invoice, String reason) {
        post(
                "bank_transfer_declined",
                "We could not find your bank transfer",
                """
                Hello,

                we looked for the bank transfer that pays invoice %s and did not find it:

                %s

                Please look at it again, and send us another proof here:

                %s
                """
                        .formatted(invoice.number(), reason, address(invoice.id())));
    }

    private String address(UUID invoiceId) {
        return "%s/account/invoices/%s/bank-transfer".formatted(publicUrl, invoiceId);
    }

    private void post(String template, String subject, String text) {
        String recipient =
                Optional.ofNullable(profile.current().email())
                        .orElseGet(() -> accounts.current().contactEmail());
        outbox.post(new Letter(recipient, template, subject, text));
    }
}
