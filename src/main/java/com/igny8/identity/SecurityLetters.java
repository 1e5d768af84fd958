package com.igny8.identity;

import com.igny8.mail.Letter;
import com.igny8.mail.Outbox;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

import java.time.Duration;

/**
 * What a person is told by mail about their own sign-in. Links begin with the configured address,
 * never with what a request calls itself.
 */
@Component
class SecurityLetters {
    private final Outbox outbox;
    private final String publicUrl;

    SecurityLetters(Outbox outbox, @Value("${igny8.public-url}") String publicUrl) {
        this.outbox = outbox;
        this.publicUrl = publicUrl;
    }

    void passwordReset(User user, String token, Duration goodFor) {
        post(
                user.email(),
                "password_reset",
                "Set a new password",
                """
                somebody, probably you, asked for a new password. Set it here:

                %s/reset-password?token=%s

                The link is good once, for %d minutes. If it was not you, ignore this mail: nothing \
                has changed.
                """
                        .formatted(publicUrl, token, goodFor.toMinutes()));
    }

    void passwordChanged(User user) {
        post(
                user.email(),
                "password_changed",
                "Your password was changed",
                "your password was changed, and every other browser and program was signed out.\n\n"
                        + notYou());
    }

    /** At most once an hour, for strangers can bring it about. */
    void signInLocked(User user) {
        outbox.postAtMostEvery(
                Duration.ofHours(1),
                letter(
                        user.email(),
                        "sign_in_locked",
                        "Somebody tries to sign in as you",
                        """
                        there were many wrong tries to sign in with your address. We stopped them for \
                        a while; elsewhere you can sign in as always.

                        If it was you and you have forgotten your password, set a new one:

                        %s/forgot-password
                        """
                                .formatted(publicUrl)));
    }

    void secondFactorOn(User user) {
        post(
                user.email(),
                "second_factor_on",
                "A second factor is on",
                "from now on signing in needs a code of your authenticator app.\n\n" + notYou());
    }

    void secondFactorOff(User user) {
        post(
                user.email(),
                "second_factor_off",
                "The second factor is off",
                "signing in needs your password only, no code any more.\n\n" + notYou());
    }

    void recoveryCodeUsed(User user, long left) {
        post(
                user.email(),
                "recovery_code_used",
                "A recovery code was used",
                "somebody signed in as you with a recovery code. There are %d left.\n\n"
                                .formatted(left)
                        + notYou());
    }

    void confirmNewEmail(String newEmail, String token, Duration goodFor) {
        post(
                newEmail,
                "confirm_new_email",
                "Confirm your new email address",
                """
                please confirm that you want to sign in to IGNY8 with this address:

                %s/change-email?token=%s

                The link is good for %d days. If you do not use IGNY8, ignore this mail.
                """
                        .formatted(publicUrl, token, goodFor.toDays()));
    }

    void newEmailRequested(User user, String newEmail, String undoToken, Duration goodFor) {
        post(
                user.email(),
                "email_change_requested",
                "Your email address is about to change",
                """
                somebody, probably you, asked to change the address you sign in with to

                %s

                If it was not you, or if you change your mind, undo it within %d days, and set a new \
                password:

                %s/undo-email-change?token=%s
                """
                        .formatted(newEmail, goodFor.toDays(), publicUrl, undoToken));
    }

    void emailChangeUndone(User user, String token, Duration goodFor) {
        post(
                user.email(),
                "email_change_undone",
                "Your address is yours again: set a new password",
                """
                you undid the change of your email address. Since whoever asked for it knew your \
                password, we took away what they may have come in with again: your password, all \
                sign-ins, and whatever was made in your name since then: a second factor, recovery \
                codes, API keys, invitations that nobody has accepted.

                Set a new password here; the link is good once, for %d minutes:

                %s/reset-password?token=%s

                Then look at the members and the audit log of your account: what else was done \
                there, we do not undo.
                """
                        .formatted(goodFor.toMinutes(), publicUrl, token));
    }

    private String notYou() {
        return "If it was not you, set a new password at once: " + publicUrl + "/forgot-password\n";
    }

    private void post(String recipient, String template, String subject, String text) {
        outbox.post(letter(recipient, template, subject, text));
    }

    private static Letter letter(String recipient, String template, String subject, String text) {
        return new Letter(recipient, template, subject, "Hello,\n\n" + text);
    }
}
