package com.igny8.account;

import com.igny8.kernel.Problem;
import com.igny8.mail.Letter;
import com.igny8.tenancy.AccountSql;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** The mail that carries the link of an invitation, to the address that is configured as ours. */
@Component
class InvitationLetters {
    /** To one address, from one account. */
    private static final int MOST_A_DAY = 5;

    private final String publicUrl;

    InvitationLetters(@Value("${igny8.public-url}") String publicUrl) {
        this.publicUrl = publicUrl;
    }

    Letter invitation(Invitation invitation, String token, Invitations.Sender sender) {
        return new Letter(
                invitation.email(),
                "invitation",
                sender.name() + " invites you to " + sender.account().name(),
                """
                Hello,

                %s invites you to work on %s in IGNY8, as %s. To accept, open

                %s/invitations/%s

                The link is good for %d days, and for you alone: do not pass it on. If you do not \
                know what this is about, ignore this mail.
                """
                        .formatted(
                                sender.nameAndAddress(),
                                sender.account().name(),
                                invitation.role().key(),
                                publicUrl,
                                token,
                                Invitations.LIFETIME.toDays()));
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
