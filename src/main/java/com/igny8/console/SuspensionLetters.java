package com.igny8.console;

import com.igny8.account.AccountSuspended;
import com.igny8.mail.Letter;
import com.igny8.mail.Outbox;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Tells customers that their account is suspended, and why. */
@Component
class SuspensionLetters {
    private final Outbox outbox;
    private final String publicUrl;

    SuspensionLetters(Outbox outbox, @Value("${igny8.public-url}") String publicUrl) {
        this.outbox = outbox;
        this.publicUrl = publicUrl;
    }

    @EventListener
    void onSuspended(AccountSuspended suspended) {
        outbox.post(
                new Letter(
                        suspended.account().contactEmail(),
                        "account_suspended",
                        "Your IGNY8 account is suspended",
                        """
                        Hello,

                        the account %s is suspended:

                        %s

                        Nothing in it is lost. Its owner can still sign in, and see billing at

                        %s/account/credits
                        """
                                .formatted(
                                        suspended.account().name(),
                                        suspended.reason(),
                                        publicUrl)));
    }
}
