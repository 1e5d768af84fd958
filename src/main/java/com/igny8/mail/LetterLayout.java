package com.igny8.mail;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import org.thymeleaf.ITemplateEngine;
import org.thymeleaf.context.Context;

import java.util.Locale;
import java.util.Map;

/**
 * Lays letters out as text, and as HTML that mail programs understand: {@code
 * templates/mail/letter.html}.
 */
@Component
class LetterLayout {
    private final ITemplateEngine templates;
    private final String publicUrl;

    LetterLayout(ITemplateEngine templates, @Value("${igny8.public-url}") String publicUrl) {
        this.templates = templates;
        this.publicUrl = publicUrl;
    }

    Letter letter(Message message) {
        return new Letter(
                message.recipient(),
                message.template(),
                message.subject(),
                // What comes after the dashes, mail programs know for a signature
                "%s\n-- \nIGNY8\n%s\n".formatted(message.text(), publicUrl),
                html(message));
    }

    private String html(Message message) {
        return templates.process(
                "mail/letter",
                new Context(Locale.ENGLISH, Map.of("message", message, "publicUrl", publicUrl)));
    }
}
