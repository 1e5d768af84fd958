package com.igny8.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.igny8.kernel.PageRequest;
import com.igny8.tenancy.SecretBox;
import com.igny8.testing.Damage;
import com.igny8.testing.Product;

import org.junit.jupiter.api.Test;

import java.util.UUID;

class DamagedLetterTests {
    private final Product product = Product.running();
    private final MailQueue outbox = product.bean(MailQueue.class);

    @Test
    void aLetterThatCannotBeOpenedDoesNotHoldUpTheOthers() {
        String damaged = posted("1999-01-01");
        String whole = posted("1999-01-02");
        damage(damaged);

        assertThat(outbox.takeDue(2))
                .extracting(queued -> queued.letter().subject())
                .containsExactly(whole);

        assertThat(status(damaged)).isEqualTo("failed");
        assertThat(status(whole)).isEqualTo("queued");
    }

    @Test
    void operatorsSeeTheOthersAndWhyOneCannotBeRead() {
        Mails mails = product.bean(Mails.class);
        String damaged = posted("2999-01-01");
        damage(damaged);

        Mails.Mail shown = mails.search(new PageRequest(1, 10, damaged)).rows().getFirst();

        assertThat(shown.text()).isEqualTo(SecretBox.UNREADABLE);
        assertThat(shown.hasHtml()).isFalse();
        assertThatThrownBy(() -> mails.html(shown.id())).hasMessageContaining("Mail");
    }

    private void damage(String subject) {
        product.sql()
                .sql(
                        "UPDATE mail SET %s, %s WHERE subject = ?"
                                .formatted(Damage.of("body"), Damage.of("html")))
                .param(subject)
                .update();
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
