package com.igny8.credit;

import com.igny8.mail.Message;
import com.igny8.mail.Outbox;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** Tells owners of their credits before there are none. */
@Component
class CreditLetters {
    private final Outbox outbox;
    private final String publicUrl;

    CreditLetters(Outbox outbox, @Value("${igny8.public-url}") String publicUrl) {
        this.outbox = outbox;
        this.publicUrl = publicUrl;
    }

    void lowBalance(CreditAlerts.Alert alert) {
        outbox.post(
                Message.to(alert.email(), "low_balance", "Your credits are running low")
                        .say("Hello,")
                        .say(
                                ("%s has fewer credits left than you asked to be told of. When"
                                                + " there are none, nothing that costs credits can"
                                                + " be started.")
                                        .formatted(alert.account()))
                        .tell("Credits left", "%,d".formatted(alert.balance()))
                        .tell("You are told below", "%,d".formatted(alert.below()))
                        .link("Buy credits", publicUrl + "/account/credit-packs")
                        .mention("See where they went", publicUrl + "/account/credits/usage")
                        .mention(
                                "Change when we write to you",
                                publicUrl + "/account/credits/budgets"));
    }
}
