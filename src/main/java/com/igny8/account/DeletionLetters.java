package com.igny8.account;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Tells of an account that it was deleted, or is back. */
@Component
class DeletionLetters {
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("d MMMM yyyy", Locale.ENGLISH).withZone(ZoneOffset.UTC);

    private final AccountPost post;
    private final String publicUrl;

    DeletionLetters(AccountPost post, @Value("${igny8.public-url}") String publicUrl) {
        this.post = post;
        this.publicUrl = publicUrl;
    }

    void deleted(Account account, Deletion deletion) {
        post.post(
                account,
                "account_deleted",
                "Your IGNY8 account was deleted",
                """
                        Hello,

                        the account "%s" was deleted. Nobody can use it from now on.

                        Until %s its owner can sign in, take its data along and restore it:

                        %s/account/deleted

                        After that day its data is erased for good. Invoices and the credit ledger \
                        are kept, as the law asks, without anybody's name in them.
                        """
                        .formatted(account.name(), DAY.format(deletion.restoreUntil()), publicUrl));
    }

    void restored(Account account) {
        post.post(
                account,
                "account_restored",
                "Your IGNY8 account is back",
                """
                        Hello,

                        the account "%s" was restored. Everything is as it was:

                        %s/sites
                        """
                        .formatted(account.name(), publicUrl));
    }
}
