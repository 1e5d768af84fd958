package com.igny8.invoice;

import static com.igny8.account.AccountLetterSamples.ACCOUNT;
import static com.igny8.account.AccountLetterSamples.NOW;

import com.igny8.account.Party;
import com.igny8.kernel.Money;
import com.igny8.mail.Drafts;
import com.igny8.mail.Samples;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** How {@link InvoiceLetters} look. */
@Component
public class InvoiceLetterSamples implements Samples {
    private static final Party BUYER =
            new Party(
                    ACCOUNT.name(),
                    ACCOUNT.contactEmail(),
                    "12 St James's Square",
                    null,
                    "London",
                    null,
                    "SW1Y 4JH",
                    "GB",
                    null);

    /** What is still to be paid. */
    public static final Invoice OPEN = invoice(Invoice.Status.OPEN, usd(2_000));

    private final String publicUrl;

    InvoiceLetterSamples(@Value("${igny8.public-url}") String publicUrl) {
        this.publicUrl = publicUrl;
    }

    private static Invoice invoice(Invoice.Status status, Money paid) {
        @Nullable Instant paidAt = status == Invoice.Status.PAID ? NOW : null;
        var tax = new Tax(Tax.Treatment.TAXED, "VAT", BigDecimal.valueOf(20), false);
        return new Invoice(
                ACCOUNT.id(),
                new UUID(0, 1),
                "IGN-2027-000123",
                status,
                Invoice.Purpose.SUBSCRIPTION_RENEWAL,
                null,
                null,
                tax,
                tax.on(usd(13_900)),
                paid,
                usd(0),
                BUYER,
                BUYER,
                List.of(InvoiceLine.of("Growth, one month", 1, usd(13_900))),
                NOW,
                NOW,
                NOW.plus(Duration.ofDays(7)),
                paidAt,
                paidAt);
    }

    private static Money usd(long minor) {
        return new Money(minor, "USD");
    }

    @Override
    public String topic() {
        return "Invoices";
    }

    @Override
    public void write(Drafts drafts) {
        var letters = new InvoiceLetters(() -> ACCOUNT, drafts, publicUrl);
        drafts.when("An invoice was issued that is to be paid", () -> letters.issued(OPEN));
        drafts.when(
                "An invoice was paid",
                () -> letters.paid(invoice(Invoice.Status.PAID, OPEN.total())));
        drafts.when("An invoice was corrected", () -> letters.credited(creditNote()));
    }

    private static CreditNote creditNote() {
        return new CreditNote(
                ACCOUNT.id(),
                new UUID(0, 1),
                OPEN.id(),
                String.valueOf(OPEN.number()),
                "IGN-CN-2027-000007",
                OPEN.tax(),
                OPEN.tax().on(usd(5_000)),
                usd(0),
                usd(2_000),
                usd(4_000),
                "The service was away for two days",
                BUYER,
                BUYER,
                NOW);
    }
}
