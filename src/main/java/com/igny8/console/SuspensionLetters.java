package com.igny8.console;

import com.igny8.account.Account;
import com.igny8.account.AccountReaders;
import com.igny8.account.AccountSuspended;
import com.igny8.mail.Message;
import com.igny8.mail.Outbox;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

import java.util.Set;
import java.util.function.Function;

/** Tells customers that their account is suspended, and why. */
@Component
class SuspensionLetters {
    private final Function<Account, Set<String>> readers;
    private final Outbox outbox;
    private final String publicUrl;

    @Autowired
    SuspensionLetters(
            AccountReaders readers, Outbox outbox, @Value("${igny8.public-url}") String publicUrl) {
        this(readers::of, outbox, publicUrl);
    }

    SuspensionLetters(Function<Account, Set<String>> readers, Outbox outbox, String publicUrl) {
        this.readers = readers;
        this.outbox = outbox;
        this.publicUrl = publicUrl;
    }

    @EventListener
    void onSuspended(AccountSuspended suspended) {
        for (String address : readers.apply(suspended.account())) {
            outbox.post(
                    Message.to(address, "account_suspended", "Your IGNY8 account is suspended")
                            .say("Hello,")
                            .say(
                                    "The account %s is suspended. Nothing in it is lost."
                                            .formatted(suspended.account().name()))
                            .tell("Why", suspended.reason())
                            .say(
                                    "Its owner can still sign in, see what is unpaid and pay it, and"
                                            + " take the data along.")
                            .link("See the account", publicUrl + "/account"));
        }
    }
}
