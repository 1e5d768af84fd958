package com.igny8.webhook;

import com.igny8.account.Account;
import com.igny8.mail.Message;
import com.igny8.mail.Outbox;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

import java.net.URI;
import java.util.Set;

/** Tells an account that one of its endpoints is not told of events any more. */
@Component
class WebhookLetters {
    private final Outbox outbox;
    private final String publicUrl;

    WebhookLetters(Outbox outbox, @Value("${igny8.public-url}") String publicUrl) {
        this.outbox = outbox;
        this.publicUrl = publicUrl;
    }

    /**
     * @param page where the endpoint is looked after
     */
    void paused(Account account, Set<String> readers, String page, URI url, String why) {
        for (String address : readers) {
            outbox.post(
                    Message.to(
                                    address,
                                    "webhook_paused",
                                    "A webhook of your IGNY8 account is paused")
                            .say("Hello,")
                            .say("We no longer send events to this address of yours.")
                            .tell("Account", account.name())
                            .tell("Address", url.toString())
                            .tell("Why", why)
                            .say(
                                    "What happens from now on is not sent there; what waits is kept"
                                            + " for 30 days.")
                            .link("See what was answered, and let it go on", publicUrl + page));
        }
    }
}
