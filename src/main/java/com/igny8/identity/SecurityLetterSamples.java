package com.igny8.identity;

import com.igny8.mail.Drafts;
import com.igny8.mail.Samples;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

import java.time.Duration;
import java.util.UUID;

/** How {@link SecurityLetters} look. */
@Component
public class SecurityLetterSamples implements Samples {
    /** Who gets them. */
    public static final User ADA =
            new User(new UUID(0, 1), "ada@example.com", "Ada", "Lovelace", false, true, 0);

    private static final String TOKEN = "sample";

    private final String publicUrl;

    SecurityLetterSamples(@Value("${igny8.public-url}") String publicUrl) {
        this.publicUrl = publicUrl;
    }

    @Override
    public String topic() {
        return "Signing in";
    }

    @Override
    public void write(Drafts drafts) {
        var letters = new SecurityLetters(drafts, publicUrl);
        drafts.when(
                "Somebody signed up, or asked for the link again",
                () -> letters.verifyEmail(ADA, TOKEN, Duration.ofDays(3)));
        drafts.when(
                "Somebody signed up with an address that has an account; at most once a day",
                () -> letters.alreadyRegistered(ADA.email()));
        drafts.when(
                "Somebody asked for a new password",
                () -> letters.passwordReset(ADA, TOKEN, Duration.ofMinutes(60)));
        drafts.when("A password was changed or set anew", () -> letters.passwordChanged(ADA));
        drafts.when(
                "Too many wrong passwords; at most once an hour", () -> letters.signInLocked(ADA));
        drafts.when("A second factor was turned on", () -> letters.secondFactorOn(ADA));
        drafts.when("A second factor was turned off", () -> letters.secondFactorOff(ADA));
        drafts.when(
                "Somebody signed in with a recovery code", () -> letters.recoveryCodeUsed(ADA, 7));
        drafts.when(
                "Somebody wants to sign in with another address: to the new one",
                () -> letters.confirmNewEmail("countess@example.com", TOKEN, Duration.ofDays(3)));
        drafts.when(
                "Somebody wants to sign in with another address: to the one they have",
                () ->
                        letters.newEmailRequested(
                                ADA, "countess@example.com", TOKEN, Duration.ofDays(7)));
        drafts.when(
                "Somebody undid the change of their address",
                () -> letters.emailChangeUndone(ADA, TOKEN, Duration.ofMinutes(60)));
    }
}
