package com.igny8.account;

import com.igny8.mail.Message;
import com.igny8.mail.Outbox;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** Tells both addresses that an account has another contact: who reads the new one is not known. */
@Component
class ContactLetters {
    private final Outbox outbox;
    private final String publicUrl;

    ContactLetters(Outbox outbox, @Value("${igny8.public-url}") String publicUrl) {
        this.outbox = outbox;
        this.publicUrl = publicUrl;
    }

    void changed(Account before, Account after) {
        outbox.post(
                Message.to(
                                before.contactEmail(),
                                "contact_changed",
                                "Another contact for " + before.name())
                        .say("Hello,")
                        .say(
                                ("Letters about the account %s went to this address. From now on"
                                                + " they go to another one.")
                                        .formatted(after.name()))
                        .tell("New contact", after.contactEmail())
                        .say(
                                "If this is not right, tell an admin of the account: the settings"
                                        + " say who is its contact, and its audit log who changed"
                                        + " it.")
                        .mention("Settings of the account", publicUrl + "/account/settings"));
        outbox.post(
                Message.to(
                                after.contactEmail(),
                                "contact_set",
                                "You are the contact for " + after.name())
                        .say("Hello,")
                        .say(
                                ("From now on letters about the account %s in IGNY8, such as"
                                                + " invoices, come to this address. It lets nobody"
                                                + " sign in.")
                                        .formatted(after.name()))
                        .say(
                                "If you do not know what this is about, ignore this mail, or tell"
                                        + " us."));
    }
}
