package com.igny8.console;

import com.igny8.account.AccountPost;
import com.igny8.account.AccountSuspended;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Tells customers that their account is suspended, and why. */
@Component
class SuspensionLetters {
    private final AccountPost post;
    private final String publicUrl;

    SuspensionLetters(AccountPost post, @Value("${igny8.public-url}") String publicUrl) {
        this.post = post;
        this.publicUrl = publicUrl;
    }

    @EventListener
    void onSuspended(AccountSuspended suspended) {
        post.post(
                suspended.account(),
                "account_suspended",
                "Your IGNY8 account is suspended",
                """
                        Hello,

                        the account %s is suspended:

                        %s

                        Nothing in it is lost. Its owner can still sign in, and see billing at

                        %s/account/credits
                        """
                        .formatted(suspended.account().name(), suspended.reason(), publicUrl));
    }
}
