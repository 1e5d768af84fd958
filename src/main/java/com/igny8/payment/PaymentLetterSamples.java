package com.igny8.payment;

import static com.igny8.account.AccountLetterSamples.ACCOUNT;
import static com.igny8.account.AccountLetterSamples.NOW;
import static com.igny8.invoice.InvoiceLetterSamples.OPEN;

import com.igny8.kernel.Money;
import com.igny8.mail.Drafts;
import com.igny8.mail.Samples;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

import java.util.List;
import java.util.UUID;

/** How {@link PaymentLetters} look. */
@Component
class PaymentLetterSamples implements Samples {
    private static final Money NOTHING = Money.zero(OPEN.currency());
    private static final Payment PAYMENT =
            new Payment(
                    ACCOUNT.id(),
                    new UUID(0, 1),
                    OPEN.id(),
                    PaymentType.STRIPE.key(),
                    "pi_3NirD82eZvKYlo2C",
                    Payment.Status.SUCCEEDED,
                    OPEN.paid(),
                    NOTHING,
                    OPEN.paid(),
                    null,
                    null,
                    NOW,
                    NOW);

    private final String publicUrl;

    PaymentLetterSamples(@Value("${igny8.public-url}") String publicUrl) {
        this.publicUrl = publicUrl;
    }

    @Override
    public String topic() {
        return "Refunds and disputes";
    }

    @Override
    public void write(Drafts drafts) {
        var letters = new PaymentLetters(drafts, publicUrl);
        var matter = new PaymentLetters.Matter(ACCOUNT, OPEN, PAYMENT);
        drafts.when(
                "A payment was given back",
                () -> letters.refunded(matter, PAYMENT.amount(), NOTHING));
        for (DisputeStatus status : DisputeStatus.values()) {
            var dispute =
                    new ProviderPayment.Disputed(
                            "dp_1NirD82eZvKYlo2C", PAYMENT.amount(), "fraudulent", status);
            drafts.when(
                    switch (status) {
                        case OPEN -> "A payment is disputed: to the customer, and to operators";
                        case WON -> "A dispute was won: to the customer, and to operators";
                        case LOST -> "A dispute was lost: to the customer, and to operators";
                    },
                    () ->
                            letters.disputed(
                                    matter,
                                    dispute,
                                    status == DisputeStatus.LOST ? PAYMENT.amount() : NOTHING,
                                    List.of("operator@example.com")));
        }
    }
}
