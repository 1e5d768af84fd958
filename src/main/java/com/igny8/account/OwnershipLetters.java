package com.igny8.account;

import com.igny8.identity.User;
import com.igny8.mail.Message;
import com.igny8.mail.Outbox;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** Tells both of them that an account has another owner. */
@Component
class OwnershipLetters {
    private final Outbox outbox;
    private final String publicUrl;

    OwnershipLetters(Outbox outbox, @Value("${igny8.public-url}") String publicUrl) {
        this.outbox = outbox;
        this.publicUrl = publicUrl;
    }

    void transferred(Account account, User previous, User next) {
        outbox.post(
                letter(
                                next,
                                "ownership_received",
                                "You own the IGNY8 account %s now".formatted(account.name()))
                        .say(
                                ("%s (%s) has made you the owner of the account %s. From now on its"
                                                + " plan, payments and members are yours to decide.")
                                        .formatted(
                                                previous.displayName(),
                                                previous.email(),
                                                account.name()))
                        .link("See the account", publicUrl + "/account"));
        outbox.post(
                letter(
                                previous,
                                "ownership_given",
                                "You have transferred the IGNY8 account " + account.name())
                        .say(
                                "The account %s belongs to %s (%s) now; you are an admin of it."
                                        .formatted(
                                                account.name(), next.displayName(), next.email()))
                        .say(
                                "If it was not you who did this, write to them and to us at once,"
                                        + " and set a new password.")
                        .mention("Set a new password", publicUrl + "/forgot-password"));
    }

    private static Message letter(User to, String template, String subject) {
        return Message.to(to.email(), template, subject)
                .say("Hello %s,".formatted(to.displayName()));
    }
}
