package com.igny8.bank;

import com.igny8.account.Account;
import com.igny8.account.Accounts;
import com.igny8.invoice.Invoice;
import com.igny8.kernel.Money;
import com.igny8.mail.Message;
import com.igny8.mail.Outbox;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

import java.util.function.Supplier;

/** What the bound account is told of its bank transfers. */
@Component
class BankTransferLetters {
    private final Supplier<Account> account;
    private final Outbox outbox;
    private final String publicUrl;

    @Autowired
    BankTransferLetters(
            Accounts accounts, Outbox outbox, @Value("${igny8.public-url}") String publicUrl) {
        this(accounts::current, outbox, publicUrl);
    }

    BankTransferLetters(Supplier<Account> account, Outbox outbox, String publicUrl) {
        this.account = account;
        this.outbox = outbox;
        this.publicUrl = publicUrl;
    }

    /** Where it pays the whole, the invoice's own receipt says so. */
    void postPart(Invoice invoice, Money received) {
        outbox.post(
                letter("bank_transfer_received", "We received your bank transfer")
                        .say(
                                "Your bank transfer arrived. Thank you. It pays a part of the invoice.")
                        .tell("Received", received.text())
                        .tell("For invoice", String.valueOf(invoice.number()))
                        .tell("Still to pay", invoice.due().text())
                        .link("See how to pay the rest", instructions(invoice)));
    }

    void postDeclined(Invoice invoice, String reason) {
        outbox.post(
                letter("bank_transfer_declined", "We could not find your bank transfer")
                        .say(
                                "We looked for the bank transfer that pays your invoice, and did"
                                        + " not find it.")
                        .tell("Invoice", String.valueOf(invoice.number()))
                        .tell("To pay", invoice.due().text())
                        .tell("What is wrong", reason)
                        .say("Please look at it again, and send us another proof of it.")
                        .link("See how to pay", instructions(invoice)));
    }

    private String instructions(Invoice invoice) {
        return page(invoice) + "/bank-transfer";
    }

    private String page(Invoice invoice) {
        return "%s/account/invoices/%s".formatted(publicUrl, invoice.id());
    }

    private Message letter(String template, String subject) {
        return Message.to(account.get().contactEmail(), template, subject).say("Hello,");
    }
}
