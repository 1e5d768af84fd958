package com.igny8.payment;

import static org.assertj.core.api.Assertions.assertThat;

import com.igny8.kernel.PageRequest;
import com.igny8.tenancy.PlatformTransactions;
import com.igny8.tenancy.SecretBox;
import com.igny8.testing.Damage;
import com.igny8.testing.Product;

import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

class DamagedEventTests {
    private final Product product = Product.running();
    private final ProviderInbox inbox = product.bean(ProviderInbox.class);

    @Test
    void anEventThatCannotBeOpenedHoldsUpNoneOfTheOthersAndSaysWhy() {
        String damaged = "evt_" + UUID.randomUUID();
        String whole = "evt_" + UUID.randomUUID();

        List<ProviderInbox.Taken> taken =
                product.bean(PlatformTransactions.class)
                        .write(
                                jdbc -> {
                                    stored(jdbc, damaged, "1999-01-01");
                                    stored(jdbc, whole, "1999-01-02");
                                    damage(jdbc, damaged);
                                    return inbox.takeDue(2);
                                });

        assertThat(taken).extracting(each -> each.notice().eventId()).containsExactly(whole);
        assertThat(inbox.search("failed", new PageRequest(1, 10, damaged)).rows())
                .singleElement()
                .satisfies(
                        event -> {
                            assertThat(event.lastError()).isEqualTo(SecretBox.UNREADABLE);
                            assertThat(event.payload()).isEqualTo(SecretBox.UNREADABLE);
                        });
        inbox.settle(taken.getFirst(), Optional.empty());
    }

    /** One that has waited since then, before all others. */
    private void stored(JdbcClient jdbc, String event, String since) {
        inbox.store(PaymentType.STRIPE, new Notice(event, "test", Instant.now(), "{\"id\":\"x\"}"));
        jdbc.sql("UPDATE provider_event SET next_attempt_at = ?::timestamptz WHERE event_id = ?")
                .params(since, event)
                .update();
    }

    private static void damage(JdbcClient jdbc, String event) {
        jdbc.sql("UPDATE provider_event SET " + Damage.of("payload") + " WHERE event_id = ?")
                .param(event)
                .update();
    }
}
