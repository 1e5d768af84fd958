package com.igny8.bank;

import static com.igny8.account.AccountLetterSamples.ACCOUNT;
import static com.igny8.invoice.InvoiceLetterSamples.OPEN;

import com.igny8.mail.Drafts;
import com.igny8.mail.Samples;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** How {@link BankTransferLetters} look. */
@Component
class BankTransferLetterSamples implements Samples {
    private final String publicUrl;

    BankTransferLetterSamples(@Value("${igny8.public-url}") String publicUrl) {
        this.publicUrl = publicUrl;
    }

    @Override
    public String topic() {
        return "Bank transfers";
    }

    @Override
    public void write(Drafts drafts) {
        var letters = new BankTransferLetters(() -> ACCOUNT, drafts, publicUrl);
        drafts.when(
                "A bank transfer was confirmed that pays a part of an invoice",
                () -> letters.postPart(OPEN, OPEN.paid()));
        drafts.when(
                "An operator declined the proof of a bank transfer",
                () ->
                        letters.postDeclined(
                                OPEN, "The proof is of another month: March, not April"));
    }
}
