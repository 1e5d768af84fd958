package com.igny8.mail;

import static org.assertj.core.api.Assertions.assertThat;

import com.igny8.tenancy.PlatformTransactions;
import com.igny8.testing.Mailbox;
import com.igny8.testing.Product;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.List;

class MailPurgeTests {
    private final Product product = Product.running();
    private final String recipient = Product.freshEmail();

    @Test
    void lettersThatNobodyEverSentAreForgottenLikeThoseThatWentOut() {
        for (String status : List.of("queued", "queued", "sent", "failed", "queued")) {
            post(status, 31);
        }
        post("queued", 29);

        MailPurge.purge(product.bean(PlatformTransactions.class), Instant.now(), 2);

        assertThat(new Mailbox(product, recipient).letters()).hasSize(1);
    }

    private void post(String status, int daysAgo) {
        product.bean(Outbox.class)
                .post(Message.to(recipient, "verify_email", status + daysAgo).say("Hello,"));
        product.sql()
                .sql(
                        """
                        UPDATE mail SET status = ?, created_at = now() - ? * interval '1 day'
                         WHERE recipient = ? AND subject = ?
                        """)
                .params(status, daysAgo, recipient, status + daysAgo)
                .update();
    }
}
