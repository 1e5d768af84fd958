package com.igny8.payment;

import static org.assertj.core.api.Assertions.assertThat;

import com.igny8.kernel.Money;
import com.igny8.testing.PayPalStandIn;
import com.igny8.testing.Product;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.Map;
import java.util.UUID;

class PayPalTests {
    private final Product product = Product.running();

    @Test
    void anAccountThatIsDeclinedMayBeTriedAgain() {
        Payer payer = Payer.signUp(PaymentType.PAYPAL);
        payer.pays(1_000);
        product.sql()
                .sql("UPDATE payment_method SET method_reference = ? WHERE account_id = ?")
                .params(PayPalStandIn.EMPTY_ACCOUNT, payer.customer().accountId())
                .update();

        assertThat(payer.charged(payer.owes(2_000), "1"))
                .isEqualTo(
                        new Outcome.Failed(
                                "INSTRUMENT_DECLINED",
                                "The instrument presented was declined",
                                true));
    }

    @Test
    void theTokenIsKeptUntilItIsGoodNoMore() {
        Payer payer = Payer.signUp(PaymentType.PAYPAL);
        payer.pays(1_000);
        int before = Product.payPal().signIns();

        payer.charged(payer.owes(1_000), "1");
        assertThat(Product.payPal().signIns()).isEqualTo(before);
        Product.payPal().forgetsTokens();

        assertThat(payer.charged(payer.owes(1_000), "1")).isInstanceOf(Outcome.Succeeded.class);
        assertThat(Product.payPal().signIns()).isGreaterThan(before);
    }

    @Test
    void whatPayPalDoesNotVouchForIsRefusedAndNotKept() {
        String body =
                """
                {"id": "WH-forged", "event_type": "PAYMENT.CAPTURE.COMPLETED",
                 "resource_type": "capture", "resource": {}}
                """;
        String path = "billing/webhooks/paypal/";

        product.api().post(path, body).expectRefusal(400, "signature_invalid");
        product.api()
                .with("PAYPAL-AUTH-ALGO", "SHA256withRSA")
                .with("PAYPAL-CERT-URL", "https://evil.example/cert")
                .with("PAYPAL-TRANSMISSION-ID", "1")
                .with("PAYPAL-TRANSMISSION-SIG", "signature")
                .with("PAYPAL-TRANSMISSION-TIME", "2026-01-01T00:00:00Z")
                .post(path, body)
                .expectRefusal(400, "signature_invalid");
        product.api().post(path, body + ", \"webhook_id\": \"mine\"").expect(400);

        assertThat(
                        product.sql()
                                .sql("SELECT count(*) FROM provider_event WHERE event_id = 'WH-forged'")
                                .query(Long.class)
                                .single())
                .isZero();
    }

    @ParameterizedTest
    @CsvSource({"13900, USD, 139.00", "139, JPY, 139", "13900, HUF, 139", "13900, TWD, 139"})
    void amountsAreWrittenAsPayPalWantsThem(long minor, String currency, String value) {
        assertThat(PayPalAmount.of(new Money(minor, currency)))
                .isEqualTo(Map.of("currency_code", currency, "value", value));
    }

    @ParameterizedTest
    @CsvSource({"13950, HUF", "1250, KWD"})
    void amountsThatPayPalCannotTakeAreRefused(long minor, String currency) {
        Payer payer = Payer.signUp(PaymentType.PAYPAL);
        UUID invoice = payer.owes(new Money(minor, currency));

        payer.customer()
                .api()
                .post(
                        "billing/invoices/" + invoice + "/checkout/",
                        Map.of("payment_method", "paypal"))
                .expectRefusal(409, "amount_not_payable");
    }
}
