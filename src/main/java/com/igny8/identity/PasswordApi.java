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

/** Passwords forgotten and passwords changed. */
@Tag(name = "Sign-in")
@RestController
@RequestMapping("/api/v1/auth")
@Ungated(Ungated.To.EVERYBODY)
class PasswordApi {
    private final PasswordResets resets;
    private final PasswordChanges changes;
    private final Throttle throttle;

    PasswordApi(PasswordResets resets, PasswordChanges changes, Throttle throttle) {
        this.resets = resets;
        this.changes = changes;
        this.throttle = throttle;
    }

    record ResetBody(
            @NotBlank @Size(max = 254) @Schema(example = "ada@example.com") String email) {}

    record ConfirmResetBody(
            @NotBlank @Size(max = 200) @Schema(description = "From the mail") String token,
            @NotNull @Schema(example = "correct horse battery") String password) {}

    record ChangePasswordBody(
            @NotNull @Size(max = 512) @Schema(example = "correct horse battery")
                    String currentPassword,
            @NotNull @Schema(example = "orbit walnut lantern") String newPassword) {}

    @Operation(
            summary = "Ask for a new password",
            description =
                    "Mails a link to the address, if anybody signs in with it; the answer is the"
                            + " same if not. At most 3 mails an hour. Needs no token.")
    @SecurityRequirements
    @Throttled(Throttle.Scope.AUTH)
    @PostMapping("/password-reset/")
    Answer<Done> requestReset(@Valid @RequestBody ResetBody body) {
        throttle.requireAuth("reset:" + Users.normal(body.email()));
        resets.request(body.email());
        return Answer.of(
                new Done(), "If somebody signs in with this address, a mail is on its way");
    }

    @Operation(
            summary = "Set a new password by the link of the mail",
            description =
                    "The link is good once, for an hour. Signs out everywhere. Needs no access"
                            + " token.")
    @SecurityRequirements
    @Throttled(Throttle.Scope.AUTH)
    @PostMapping("/password-reset/confirm/")
    Answer<Done> confirmReset(@Valid @RequestBody ConfirmResetBody body) {
        resets.confirm(body.token(), body.password());
        return Answer.of(new Done(), "Your new password is set. Sign in with it");
    }

    @Operation(
            summary = "Change the password",
            description = "Ends all other sessions and tokens of yours; this sign-in goes on.")
    @Throttled(Throttle.Scope.AUTH)
    @PostMapping("/change-password/")
    Answer<Done> changePassword(@Valid @RequestBody ChangePasswordBody body) {
        changes.change(
                SignedIn.current().orElseThrow(), body.currentPassword(), body.newPassword());
        return Answer.of(new Done(), "Your password is changed");
    }
}
