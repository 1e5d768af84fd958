package com.igny8.payment;

import com.igny8.account.Account;
import com.igny8.invoice.Invoice;
import com.igny8.kernel.Money;
import com.igny8.mail.Message;
import com.igny8.mail.Outbox;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

import java.util.List;

/** Tells of money that went back, or is wanted back; posted with what they tell of. */
@Component
class PaymentLetters {
    private final Outbox outbox;
    private final String publicUrl;

    PaymentLetters(Outbox outbox, @Value("${igny8.public-url}") String publicUrl) {
        this.outbox = outbox;
        this.publicUrl = publicUrl;
    }

    /** A payment, what it was for and whose it is. */
    record Matter(Account account, Invoice invoice, Payment payment) {}

    void refunded(Matter matter, Money amount, Money toPayAgain) {
        Message letter =
                toCustomer(matter, "refund_sent", "We sent you back " + amount.text())
                        .say(way(PaymentType.of(matter.payment().provider())))
                        .tell("Amount", amount.text())
                        .tell("Of invoice", String.valueOf(matter.invoice().number()));
        outbox.post(payAgain(letter, matter.invoice(), toPayAgain));
    }

    private static String way(PaymentType type) {
        return switch (type) {
            case STRIPE ->
                    "We sent money back the way you paid, to your card for example. It may take ten"
                            + " days until your bank shows it.";
            case PAYPAL -> "We sent money back to your PayPal account.";
            case BANK_TRANSFER ->
                    "We sent money back to your bank account. It may take some days until your bank"
                            + " shows it.";
        };
    }

    private static Message toCustomer(Matter matter, String template, String subject) {
        return Message.to(matter.account().contactEmail(), template, subject).say("Hello,");
    }

    private Message payAgain(Message letter, Invoice invoice, Money amount) {
        if (!amount.isPositive()) {
            return letter;
        }
        return letter.say("So this invoice is to be paid again: what it is for was delivered.")
                .tell("To pay", invoice.due().text())
                .link("Pay now", "%s/account/invoices/%s/pay".formatted(publicUrl, invoice.id()));
    }

    /** To the customer and to all who work for the operator. */
    void disputed(
            Matter matter,
            ProviderPayment.Disputed dispute,
            Money toPayAgain,
            List<String> operatorEmails) {
        Message letter =
                facts(
                        switch (dispute.status()) {
                            case OPEN ->
                                    toCustomer(matter, "dispute_opened", "Your payment is disputed")
                                            .say(
                                                    "We are told that you want a payment back."
                                                            + " Whoever you paid with decides. If"
                                                            + " this is a mistake, please ask them"
                                                            + " to take the dispute back.");
                            case WON ->
                                    toCustomer(matter, "dispute_won", "The dispute is closed")
                                            .say(
                                                    "The dispute of a payment is decided: it stays"
                                                            + " as it is, and there is nothing to"
                                                            + " do.");
                            case LOST ->
                                    toCustomer(
                                                    matter,
                                                    "dispute_lost",
                                                    "Your payment went back to you")
                                            .say(
                                                    "The dispute of a payment is decided: you have"
                                                            + " the money back.");
                        },
                        matter.invoice(),
                        dispute);
        outbox.post(payAgain(letter, matter.invoice(), toPayAgain));
        operatorEmails.forEach(operator -> outbox.post(toOperator(operator, matter, dispute)));
    }

    private static Message facts(
            Message letter, Invoice invoice, ProviderPayment.Disputed dispute) {
        return letter.tell("Amount", dispute.amount().text())
                .tell("Invoice", String.valueOf(invoice.number()));
    }

    private Message toOperator(String address, Matter matter, ProviderPayment.Disputed dispute) {
        Payment payment = matter.payment();
        String account = matter.account().name();
        String amount = dispute.amount().text();
        Message letter =
                switch (dispute.status()) {
                    case OPEN ->
                            Message.to(
                                            address,
                                            "operator_dispute_opened",
                                            "%s disputes %s".formatted(account, amount))
                                    .say("Hello,")
                                    .say("A customer, or their bank, wants a payment back.")
                                    .say("Answer it at the provider before its time is up.");
                    case WON ->
                            Message.to(
                                            address,
                                            "operator_dispute_won",
                                            "Dispute won: %s, %s".formatted(account, amount))
                                    .say("Hello,")
                                    .say("A dispute is decided for us: the money stays here.");
                    case LOST ->
                            Message.to(
                                            address,
                                            "operator_dispute_lost",
                                            "Dispute lost: %s, %s".formatted(account, amount))
                                    .say("Hello,")
                                    .say(
                                            "A dispute is decided against us: the money went back,"
                                                    + " and the customer is asked for it again."
                                                    + " Write a credit note if that is not wanted.");
                };
        return facts(letter.tell("Account", account), matter.invoice(), dispute)
                .tell("Reason", dispute.reason())
                .tell("Provider", PaymentType.of(payment.provider()).title())
                .tell("Reference", String.valueOf(payment.reference()))
                .link("See the payments", publicUrl + "/console/payments");
    }
}
