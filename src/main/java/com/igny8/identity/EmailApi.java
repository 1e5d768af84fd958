package com.igny8.identity;

import com.igny8.http.Answer;
import com.igny8.http.Throttle;
import com.igny8.http.Throttled;
import com.igny8.tenancy.Ungated;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.security.SecurityRequirements;
import io.swagger.v3.oas.annotations.tags.Tag;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;

import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The address one signs in with: confirming it, and changing it. */
@Tag(name = "Sign-in")
@RestController
@RequestMapping("/api/v1/auth")
@Ungated(Ungated.To.EVERYBODY)
class EmailApi {
    private final EmailVerifications verifications;
    private final EmailChanges changes;

    EmailApi(EmailVerifications verifications, EmailChanges changes) {
        this.verifications = verifications;
        this.changes = changes;
    }

    record TokenBody(
            @NotBlank @Size(max = 200) @Schema(description = "From the mail") String token) {}

    record ChangeEmailBody(
            @NotBlank @Size(max = 254) @Schema(example = "ada@example.org") String email,
            @NotNull @Size(max = 512) @Schema(example = "correct horse battery") String password) {}

    @Operation(summary = "Confirm an email address", description = "Needs no access token.")
    @SecurityRequirements
    @Throttled(Throttle.Scope.AUTH)
    @PostMapping("/verify-email/")
    Answer<Done> verify(@Valid @RequestBody TokenBody body) {
        verifications.verify(body.token());
        return Answer.of(new Done(), "Your email address is confirmed");
    }

    @Operation(summary = "Send the confirmation mail again")
    @Throttled(Throttle.Scope.AUTH)
    @PostMapping("/verify-email/resend/")
    Answer<Done> sendAgain() {
        verifications.sendAgain(SignedIn.current().orElseThrow().user());
        return Answer.of(new Done(), "The mail is on its way");
    }

    @Operation(
            summary = "Change my email address",
            description =
                    "It counts once the link mailed to the new address was used; a link mailed to"
                            + " the old one undoes it for 7 days. The answer is the same where"
                            + " somebody else has the address.")
    @Throttled(Throttle.Scope.AUTH)
    @PostMapping("/change-email/")
    Answer<Done> change(@Valid @RequestBody ChangeEmailBody body) {
        changes.request(SignedIn.current().orElseThrow().user(), body.email(), body.password());
        return Answer.of(new Done(), "Look into the new mailbox: a link there confirms it");
    }

    @Operation(
            summary = "Confirm a new email address",
            description = "By the token mailed to it. Needs no access token.")
    @SecurityRequirements
    @Throttled(Throttle.Scope.AUTH)
    @PostMapping("/change-email/confirm/")
    Answer<Done> confirm(@Valid @RequestBody TokenBody body) {
        changes.confirm(body.token());
        return Answer.of(new Done(), "From now on you sign in with your new address");
    }

    @Operation(
            summary = "Undo a change of the email address",
            description =
                    "By the token mailed to the old address. Whoever asked for the change knew the"
                            + " password: it is good no more, and a new one is set by a link mailed to"
                            + " the old address. Signs out everywhere, and takes away the second"
                            + " factor, recovery codes, API keys and open invitations made since the"
                            + " change. Needs no access token.")
    @SecurityRequirements
    @Throttled(Throttle.Scope.AUTH)
    @PostMapping("/change-email/undo/")
    Answer<Done> undo(@Valid @RequestBody TokenBody body) {
        changes.undo(body.token());
        return Answer.of(
                new Done(),
                "You sign in with your old address, once you have set a new password: look into"
                        + " the mailbox");
    }
}
