package com.igny8.account;

import static com.igny8.identity.SecurityLetterSamples.ADA;

import com.igny8.identity.User;
import com.igny8.mail.Drafts;
import com.igny8.mail.Samples;
import com.igny8.tenancy.Role;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** How letters about an account and its members look. */
@Component
public class AccountLetterSamples implements Samples {
    /** What they are about. */
    public static final Account ACCOUNT = account(ADA.email());

    /** When they are written. */
    public static final Instant NOW = Instant.parse("2027-03-01T10:00:00Z");

    private static final User CHARLES =
            new User(new UUID(0, 2), "charles@example.com", "Charles", "Babbage", false, true, 0);

    private final String publicUrl;

    AccountLetterSamples(@Value("${igny8.public-url}") String publicUrl) {
        this.publicUrl = publicUrl;
    }

    private static Account account(String contact) {
        return new Account(
                new UUID(0, 1),
                "Analytical Engines Ltd",
                "analytical-engines-ltd",
                AccountStatus.ACTIVE,
                contact,
                null,
                null,
                Instant.parse("2027-01-01T10:00:00Z"),
                14,
                null);
    }

    @Override
    public String topic() {
        return "Account and members";
    }

    @Override
    public void write(Drafts drafts) {
        writeOfMembers(drafts);
        writeOfContact(drafts);
        writeOfDeletion(drafts);
    }

    private void writeOfMembers(Drafts drafts) {
        var invitation =
                new Invitation(
                        new UUID(0, 1),
                        CHARLES.email(),
                        Role.EDITOR,
                        List.of(),
                        ADA.id(),
                        NOW,
                        NOW.plus(Invitations.LIFETIME));
        drafts.when(
                "Somebody was invited, or invited again",
                () ->
                        new InvitationLetters(drafts, publicUrl)
                                .invitation(
                                        invitation,
                                        "sample",
                                        new Invitations.Sender(ADA, ACCOUNT)));
        drafts.when(
                "An account was handed over: to the new owner, and to the one before",
                () -> new OwnershipLetters(drafts, publicUrl).transferred(ACCOUNT, ADA, CHARLES));
    }

    private void writeOfContact(Drafts drafts) {
        drafts.when(
                "An account has another contact: to the one before, and to the new one",
                () ->
                        new ContactLetters(drafts, publicUrl)
                                .changed(ACCOUNT, account("books@example.com")));
    }

    private void writeOfDeletion(Drafts drafts) {
        var letters = new DeletionLetters(drafts, publicUrl);
        var deletion =
                new Deletion(NOW, ADA.id(), NOW.plus(Duration.ofDays(ACCOUNT.retentionDays())));
        drafts.when(
                "An account was deleted",
                () -> letters.deleted(ACCOUNT, Set.of(ADA.email()), deletion));
        drafts.when(
                "A deleted account was restored",
                () -> letters.restored(ACCOUNT, Set.of(ADA.email())));
    }
}
