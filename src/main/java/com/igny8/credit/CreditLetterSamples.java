package com.igny8.credit;

import static com.igny8.account.AccountLetterSamples.ACCOUNT;

import com.igny8.mail.Drafts;
import com.igny8.mail.Samples;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** How {@link CreditLetters} look. */
@Component
class CreditLetterSamples implements Samples {
    private final String publicUrl;

    CreditLetterSamples(@Value("${igny8.public-url}") String publicUrl) {
        this.publicUrl = publicUrl;
    }

    @Override
    public String topic() {
        return "Credits";
    }

    @Override
    public void write(Drafts drafts) {
        drafts.when(
                "The balance fell below what the owner asked to be warned of",
                () ->
                        new CreditLetters(drafts, publicUrl)
                                .lowBalance(
                                        new CreditAlerts.Alert(
                                                ACCOUNT.id(),
                                                ACCOUNT.contactEmail(),
                                                ACCOUNT.name(),
                                                84,
                                                200)));
    }
}
