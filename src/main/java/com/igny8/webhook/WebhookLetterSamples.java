package com.igny8.webhook;

import static com.igny8.account.AccountLetterSamples.ACCOUNT;

import com.igny8.mail.Drafts;
import com.igny8.mail.Samples;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

import java.net.URI;
import java.util.Set;
import java.util.UUID;

/** How {@link WebhookLetters} look. */
@Component
class WebhookLetterSamples implements Samples {
    private final String publicUrl;

    WebhookLetterSamples(@Value("${igny8.public-url}") String publicUrl) {
        this.publicUrl = publicUrl;
    }

    @Override
    public String topic() {
        return "Webhooks";
    }

    @Override
    public void write(Drafts drafts) {
        drafts.when(
                "An endpoint failed for so long that it was paused",
                () ->
                        new WebhookLetters(drafts, publicUrl)
                                .paused(
                                        ACCOUNT,
                                        Set.of(ACCOUNT.contactEmail()),
                                        WebhookPages.PATH + "/" + new UUID(0, 1),
                                        URI.create("https://hooks.example.com/igny8"),
                                        Endpoint.Pause.FAILING.sentence()));
    }
}
