package com.igny8.invoice;

import com.igny8.account.Account;
import com.igny8.account.Accounts;
import com.igny8.kernel.Money;
import com.igny8.mail.Message;
import com.igny8.mail.Outbox;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

import java.util.Objects;
import java.util.function.Supplier;

/**
 * Tells customers of their invoices, of what they paid and of what they get back. As all letters
 * about money these go to who is the account's contact by then, whoever was when it was billed.
 */
@Component
class InvoiceLetters {
    private final Supplier<Account> account;
    private final Outbox outbox;
    private final String publicUrl;

    @Autowired
    InvoiceLetters(
            Accounts accounts, Outbox outbox, @Value("${igny8.public-url}") String publicUrl) {
        this(accounts::current, outbox, publicUrl);
    }

    InvoiceLetters(Supplier<Account> account, Outbox outbox, String publicUrl) {
        this.account = account;
        this.outbox = outbox;
        this.publicUrl = publicUrl;
    }

    void issued(Invoice invoice) {
        Message message =
                letter(
                                "invoice_issued",
                                "Invoice %s: %s"
                                        .formatted(invoice.number(), invoice.total().text()))
                        .say(
                                "Here is your invoice for IGNY8. If we charge your card or PayPal"
                                        + " account each time, there is nothing to do.");
        for (InvoiceLine line : invoice.lines()) {
            message = message.tell(line.description(), line.amount().text());
        }
        outbox.post(
                dues(tellTax(message, invoice).tell("Total", invoice.total().text()), invoice)
                        .link("See and pay the invoice", page(invoice))
                        .mention("Download it as a PDF", page(invoice) + "/pdf"));
    }

    /** Or the lines would not come to the total. */
    private static Message tellTax(Message message, Invoice invoice) {
        Money tax = invoice.amounts().tax();
        return tax.isZero() ? message : message.tell(invoice.tax().label(), tax.text());
    }

    private static Message dues(Message message, Invoice invoice) {
        Message all = message;
        if (invoice.paid().isPositive()) {
            all = all.tell("Paid from your balance", invoice.paid().text());
        }
        return all.tell("To pay", invoice.due().text())
                .tell("By", Message.day(Objects.requireNonNull(invoice.dueAt())));
    }

    void paid(Invoice invoice) {
        outbox.post(
                letter(
                                "invoice_paid",
                                "Receipt for invoice %s: %s"
                                        .formatted(invoice.number(), invoice.paid().text()))
                        .say("Thank you: invoice %s is paid.".formatted(invoice.number()))
                        .tell("Paid", invoice.paid().text())
                        .tell("On", Message.day(Objects.requireNonNull(invoice.paidAt())))
                        .link("See the invoice", page(invoice))
                        .mention("Download it as a PDF", page(invoice) + "/pdf"));
    }

    void credited(CreditNote note) {
        Message message =
                letter(
                                "credit_note_issued",
                                "Credit note %s: %s".formatted(note.number(), note.total().text()))
                        .say(
                                "We corrected invoice %s by a credit note."
                                        .formatted(note.invoiceNumber()))
                        .tell("Credited", note.total().text())
                        .tell("Reason", note.reason());
        message = tellIfAny(message, "Taken off what you owe", note.offDue());
        message = tellIfAny(message, "Kept for your next invoices", note.toBalance());
        message = tellIfAny(message, "Goes back to you", note.toRefund());
        outbox.post(
                message.link("See the invoice", publicUrl + "/account/invoices/" + note.invoiceId())
                        .mention(
                                "Download the credit note as a PDF",
                                "%s/account/credit-notes/%s/pdf".formatted(publicUrl, note.id())));
    }

    private static Message tellIfAny(Message message, String name, Money amount) {
        return amount.isPositive() ? message.tell(name, amount.text()) : message;
    }

    private Message letter(String template, String subject) {
        return Message.to(account.get().contactEmail(), template, subject).say("Hello,");
    }

    private String page(Invoice invoice) {
        return publicUrl + "/account/invoices/" + invoice.id();
    }
}
