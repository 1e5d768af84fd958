package com.igny8.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.igny8.testing.Product;

import org.junit.jupiter.api.Test;

import java.util.Locale;

class EmailVerificationsTests {
    private final Product product = Product.running();

    /** Anybody can have this letter sent to anybody, by signing up with their address. */
    @Test
    void nobodyIsFloodedWithLettersOfTriedSignUps() {
        EmailVerifications verifications = product.bean(EmailVerifications.class);
        String email = Product.freshEmail();

        verifications.sendAlreadyRegistered(email);
        verifications.sendAlreadyRegistered(email);
        verifications.sendAlreadyRegistered(email.toUpperCase(Locale.ROOT));

        assertThat(
                        product.sql()
                                .sql("SELECT count(*) FROM mail WHERE lower(recipient) = ?")
                                .param(email)
                                .query(Long.class)
                                .single())
                .isOne();
    }
}
