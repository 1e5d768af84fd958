package com.igny8.mail;

import static org.assertj.core.api.Assertions.assertThat;

import com.igny8.testing.Product;

import org.junit.jupiter.api.Test;

import java.util.UUID;

class DamagedLetterTests {
    private final Product product = Product.running();
    private final Outbox outbox = product.bean(Outbox.class);

    @Test
    void aLetterThatCannotBeOpenedDoesNotHoldUpTheOthers() {
        String damaged = posted("1999-01-01");
        String whole = posted("1999-01-02");
        product.sql()
                .sql(
                        "UPDATE mail SET body = overlay(body PLACING '\\x00' FROM 20) WHERE subject = ?")
                .param(damaged)
                .update();

        assertThat(outbox.takeDue(2))
                .extracting(queued -> queued.letter().subject())
                .containsExactly(whole);

        assertThat(status(damaged)).isEqualTo("failed");
        assertThat(status(whole)).isEqualTo("queued");
    }

    /** One that has waited since then, before all others. */
    private String posted(String since) {
        String subject = UUID.randomUUID().toString();
        outbox.post(Message.to("someone@example.com", "test", subject).say("Hello"));
        product.sql()
                .sql("UPDATE mail SET next_attempt_at = ?::timestamptz WHERE subject = ?")
                .params(since, subject)
                .update();
        return subject;
    }

    private String status(String subject) {
        return product.sql()
                .sql("SELECT status FROM mail WHERE subject = ?")
                .param(subject)
                .query(String.class)
                .single();
    }
}
