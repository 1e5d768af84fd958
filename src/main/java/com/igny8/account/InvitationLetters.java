package com.igny8.account;

import com.igny8.mail.Letter;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** The mail that carries the link of an invitation, to the address that is configured as ours. */
@Component
class InvitationLetters {
    private final String publicUrl;

    InvitationLetters(@Value("${igny8.public-url}") String publicUrl) {
        this.publicUrl = publicUrl;
    }

    Letter invitation(Invitation invitation, String token, Invitations.Sender sender) {
        return new Letter(
                invitation.email(),
                "invitation",
                sender.user().displayName() + " invites you to " + sender.account().name(),
                """
                Hello,

                %s (%s) invites you to work on %s in IGNY8, as %s. To accept, open

                %s/invitations/%s

                The link is good for %d days, and for you alone: do not pass it on. If you do not \
                know what this is about, ignore this mail.
                """
                        .formatted(
                                sender.user().displayName(),
                                sender.user().email(),
                                sender.account().name(),
                                invitation.role().key(),
                                publicUrl,
                                token,
                                Invitations.LIFETIME.toDays()));
    }
}
