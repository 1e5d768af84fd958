package com.igny8.account;

import com.igny8.mail.Letter;
import com.igny8.mail.Outbox;

import org.springframework.stereotype.Component;

/** Tells both addresses that an account has another contact: who reads the new one is not known. */
@Component
class ContactLetters {
    private final Outbox outbox;

    ContactLetters(Outbox outbox) {
        this.outbox = outbox;
    }

    void changed(Account before, Account after) {
        outbox.post(
                new Letter(
                        before.contactEmail(),
                        "contact_changed",
                        "Another contact for " + before.name(),
                        """
                        Hello,

                        letters about the account "%s" went to this address. From now on they go to

                        %s

                        If this is not right, tell an admin of the account: the settings say who \
                        is its contact, and its audit log who changed it.
                        """
                                .formatted(after.name(), after.contactEmail())));
        outbox.post(
                new Letter(
                        after.contactEmail(),
                        "contact_set",
                        "You are the contact for " + after.name(),
                        """
                        Hello,

                        from now on letters about the account "%s" in IGNY8, such as invoices, come \
                        to this address. It lets nobody sign in.

                        If you do not know what this is about, ignore this mail, or tell us.
                        """
                                .formatted(after.name())));
    }
}
