package com.igny8.identity;

import com.igny8.mail.Message;
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

    void verifyEmail(User user, String token, Duration goodFor) {
        outbox.post(
                letter(user.email(), "verify_email", "Confirm your email address")
                        .say("Please confirm that this is your address.")
                        .link("Confirm my address", publicUrl + "/verify-email?token=" + token)
                        .say(
                                ("The link is good for %d days. If you did not sign up to IGNY8,"
                                                + " ignore this mail.")
                                        .formatted(goodFor.toDays())));
    }

    /** At most once a day, for strangers can bring it about. */
    void alreadyRegistered(String email) {
        outbox.postAtMostEvery(
                Duration.ofDays(1),
                letter(email, "already_registered", "You already have an IGNY8 account")
                        .say(
                                "Somebody, probably you, tried to sign up with this address. It has"
                                        + " an account already, so there is no need to.")
                        .link("Sign in", publicUrl + "/login")
                        .mention(
                                "Set a new password if you have forgotten yours",
                                publicUrl + "/forgot-password")
                        .say("If it was not you, there is nothing to do."));
    }

    void passwordReset(User user, String token, Duration goodFor) {
        outbox.post(
                letter(user.email(), "password_reset", "Set a new password")
                        .say("Somebody, probably you, asked for a new password for IGNY8.")
                        .link("Set a new password", resetPage(token))
                        .say(
                                ("The link is good once, for %d minutes. If it was not you, ignore"
                                                + " this mail: nothing has changed.")
                                        .formatted(goodFor.toMinutes())));
    }

    void passwordChanged(User user) {
        outbox.post(
                unlessItWasYou(
                        letter(user.email(), "password_changed", "Your password was changed")
                                .say(
                                        "Your password was changed, and every other browser and"
                                                + " program was signed out.")));
    }

    /** At most once an hour, for strangers can bring it about. */
    void signInLocked(User user) {
        outbox.postAtMostEvery(
                Duration.ofHours(1),
                letter(user.email(), "sign_in_locked", "Somebody is trying to sign in as you")
                        .say(
                                "There were many wrong tries to sign in with your address. We have"
                                        + " stopped them for a while; elsewhere you can sign in as"
                                        + " always.")
                        .say("If it was you and you have forgotten your password, set a new one.")
                        .link("Set a new password", forgotPage()));
    }

    void secondFactorOn(User user) {
        outbox.post(
                unlessItWasYou(
                        letter(user.email(), "second_factor_on", "The second factor is on")
                                .say(
                                        "From now on, signing in needs a code of your authenticator"
                                                + " app besides your password.")));
    }

    void secondFactorOff(User user) {
        outbox.post(
                unlessItWasYou(
                        letter(user.email(), "second_factor_off", "The second factor is off")
                                .say(
                                        "Signing in needs your password only from now on, and no"
                                                + " code.")));
    }

    void recoveryCodeUsed(User user, long left) {
        outbox.post(
                unlessItWasYou(
                        letter(user.email(), "recovery_code_used", "A recovery code was used")
                                .say("Somebody signed in as you with a recovery code.")
                                .tell("Codes left", String.valueOf(left))));
    }

    void confirmNewEmail(String newEmail, String token, Duration goodFor) {
        outbox.post(
                letter(newEmail, "confirm_new_email", "Confirm your new email address")
                        .say("Please confirm that you want to sign in to IGNY8 with this address.")
                        .link("Confirm my new address", publicUrl + "/change-email?token=" + token)
                        .say(
                                ("The link is good for %d days. If you do not use IGNY8, ignore"
                                                + " this mail.")
                                        .formatted(goodFor.toDays())));
    }

    void newEmailRequested(User user, String newEmail, String undoToken, Duration goodFor) {
        outbox.post(
                letter(
                                user.email(),
                                "email_change_requested",
                                "Your email address is about to change")
                        .say(
                                "Somebody, probably you, asked to change the address you sign in"
                                        + " with.")
                        .tell("New address", newEmail)
                        .say(
                                ("If it was not you, or if you change your mind, undo it within %d"
                                                + " days, and set a new password.")
                                        .formatted(goodFor.toDays()))
                        .link(
                                "Undo the change",
                                publicUrl + "/undo-email-change?token=" + undoToken));
    }

    void emailChangeUndone(User user, String token, Duration goodFor) {
        outbox.post(
                letter(
                                user.email(),
                                "email_change_undone",
                                "Your address is yours again: set a new password")
                        .say(
                                "You undid the change of your email address. Whoever asked for it"
                                        + " knew your password, so we took away what they may have"
                                        + " come in with again: your password, all sign-ins, and"
                                        + " whatever was made in your name since then: a second"
                                        + " factor, recovery codes, API keys, invitations that"
                                        + " nobody has accepted.")
                        .link("Set a new password", resetPage(token))
                        .say(
                                "The link is good once, for %d minutes."
                                        .formatted(goodFor.toMinutes()))
                        .say(
                                "Then look at the members and the audit log of your account: what"
                                        + " else was done there, we do not undo."));
    }

    private static Message letter(String recipient, String template, String subject) {
        return Message.to(recipient, template, subject).say("Hello,");
    }

    private Message unlessItWasYou(Message message) {
        return message.say("If it was not you, set a new password at once.")
                .link("Set a new password", forgotPage());
    }

    private String forgotPage() {
        return publicUrl + "/forgot-password";
    }

    private String resetPage(String token) {
        return publicUrl + "/reset-password?token=" + token;
    }
}
