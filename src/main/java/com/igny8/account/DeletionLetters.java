package com.igny8.account;

import com.igny8.mail.Message;
import com.igny8.mail.Outbox;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

import java.util.Set;

/** Tells of an account that it was deleted, or is back. */
@Component
class DeletionLetters {
    private final Outbox outbox;
    private final String publicUrl;

    DeletionLetters(Outbox outbox, @Value("${igny8.public-url}") String publicUrl) {
        this.outbox = outbox;
        this.publicUrl = publicUrl;
    }

    void deleted(Account account, Set<String> readers, Deletion deletion) {
        String day = Message.day(deletion.restoreUntil());
        for (String reader : readers) {
            outbox.post(
                    Message.to(reader, "account_deleted", "Your IGNY8 account was deleted")
                            .say("Hello,")
                            .say(
                                    "The account %s was deleted. Nobody can use it from now on."
                                            .formatted(account.name()))
                            .say(
                                    ("Until %s its owner can sign in, take its data along and"
                                                    + " restore it.")
                                            .formatted(day))
                            .link("Restore the account", publicUrl + "/account/deleted")
                            .say(
                                    "After that day its data is erased for good. Invoices and the"
                                            + " credit ledger are kept, as the law asks, without"
                                            + " anybody's name in them."));
        }
    }

    void restored(Account account, Set<String> readers) {
        for (String reader : readers) {
            outbox.post(
                    Message.to(reader, "account_restored", "Your IGNY8 account is back")
                            .say("Hello,")
                            .say(
                                    "The account %s was restored. Everything is as it was."
                                            .formatted(account.name()))
                            .link("Open the account", publicUrl + "/sites"));
        }
    }
}
