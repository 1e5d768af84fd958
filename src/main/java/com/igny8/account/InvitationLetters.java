package com.igny8.account;

import com.igny8.kernel.Problem;
import com.igny8.mail.Message;
import com.igny8.mail.Outbox;
import com.igny8.tenancy.AccountSql;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** The mail that carries the link of an invitation, to the address that is configured as ours. */
@Component
class InvitationLetters {
    /** To one address, from one account. */
    private static final int MOST_A_DAY = 5;

    private final Outbox outbox;
    private final String publicUrl;

    InvitationLetters(Outbox outbox, @Value("${igny8.public-url}") String publicUrl) {
        this.outbox = outbox;
        this.publicUrl = publicUrl;
    }

    void invitation(Invitation invitation, String token, Invitations.Sender sender) {
        String account = sender.account().name();
        outbox.post(
                Message.to(
                                invitation.email(),
                                "invitation",
                                "%s invites you to %s".formatted(sender.name(), account))
                        .say("Hello,")
                        .say(
                                "%s invites you to work on %s in IGNY8."
                                        .formatted(sender.nameAndAddress(), account))
                        .tell("Account", account)
                        .tell("Your role", invitation.role().key())
                        .tell("Good until", Message.day(invitation.expiresAt()))
                        .link(
                                "Accept the invitation",
                                "%s/invitations/%s".formatted(publicUrl, token))
                        .say(
                                "The link is for you alone: do not pass it on. If you do not know"
                                        + " what this is about, ignore this mail."));
    }

    /** Or an account would do to fill a stranger's mail box with words of its own. */
    void requireFewTo(AccountSql sql, String email) {
        long sent =
                sql.statement(
                                """
                                SELECT count(*) FROM audit_entry
                                 WHERE account_id = :account_id
                                   AND created_at > now() - interval '1 day'
                                   AND action IN ('invitation.sent', 'invitation.sent_again')
                                   AND lower(details ->> 'email') = lower(:email)
                                """)
                        .param("email", email)
                        .query(Long.class)
                        .single();
        if (sent >= MOST_A_DAY) {
            throw Problem.of(
                    429,
                    "too_many_mails",
                    "They were mailed %d times today. Tell them to look into their spam folder, or"
                                    .formatted(MOST_A_DAY)
                            + " try again tomorrow");
        }
    }
}
