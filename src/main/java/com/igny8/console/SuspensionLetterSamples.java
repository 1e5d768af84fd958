package com.igny8.console;

import static com.igny8.account.AccountLetterSamples.ACCOUNT;

import com.igny8.account.AccountSuspended;
import com.igny8.mail.Drafts;
import com.igny8.mail.Samples;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

import java.util.Set;

/** How {@link SuspensionLetters} look. */
@Component
class SuspensionLetterSamples implements Samples {
    private final String publicUrl;

    SuspensionLetterSamples(@Value("${igny8.public-url}") String publicUrl) {
        this.publicUrl = publicUrl;
    }

    @Override
    public String topic() {
        return "Account and members";
    }

    @Override
    public void write(Drafts drafts) {
        var letters =
                new SuspensionLetters(account -> Set.of(account.contactEmail()), drafts, publicUrl);
        drafts.when(
                "An operator suspended an account",
                () ->
                        letters.onSuspended(
                                new AccountSuspended(
                                        ACCOUNT, "Your last three invoices are unpaid")));
    }
}
