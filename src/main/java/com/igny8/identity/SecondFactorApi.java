package com.igny8.identity;

import com.igny8.http.Answer;
import com.igny8.http.Throttle;
import com.igny8.http.Throttled;
import com.igny8.tenancy.Ungated;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

import java.util.List;

/** A person's own second factor. */
@Tag(name = "Sign-in")
@RestController
@RequestMapping("/api/v1/auth/second-factor")
@Ungated(Ungated.To.EVERYBODY)
class SecondFactorApi {
    private final SecondFactors secondFactors;

    SecondFactorApi(SecondFactors secondFactors) {
        this.secondFactors = secondFactors;
    }

    record PasswordBody(
            @NotNull @Size(max = 512) @Schema(example = "correct horse battery") String password) {}

    record CodeBody(@NotBlank @Size(max = 40) @Schema(example = "123456") String code) {}

    record StandingView(boolean isOn, long recoveryCodesLeft) {}

    record EnrolmentView(
            @Schema(example = "JBSWY3DPEHPK3PXP") String secret,
            @Schema(description = "What a QR code for the app holds") String uri) {}

    record RecoveryCodesView(
            @Schema(description = "Shown once; each is good once") List<String> recoveryCodes) {}

    @Operation(summary = "How it stands with my second factor")
    @GetMapping("/")
    Answer<StandingView> standing() {
        SecondFactors.Standing standing = secondFactors.standing(me().id());
        return Answer.of(new StandingView(standing.isOn(), standing.recoveryCodesLeft()));
    }

    @Operation(
            summary = "Begin with a second factor",
            description = "A secret for an authenticator app. It counts once it is confirmed.")
    @Throttled(Throttle.Scope.AUTH)
    @PostMapping("/")
    Answer<EnrolmentView> begin(@Valid @RequestBody PasswordBody body) {
        SecondFactors.Enrolment enrolment = secondFactors.begin(me(), body.password());
        return Answer.of(new EnrolmentView(enrolment.secret(), enrolment.uri()));
    }

    @Operation(
            summary = "Turn the second factor on",
            description = "With a code of the app. Answers the recovery codes, this once.")
    @Throttled(Throttle.Scope.AUTH)
    @PostMapping("/confirm/")
    Answer<RecoveryCodesView> confirm(@Valid @RequestBody CodeBody body) {
        return Answer.of(new RecoveryCodesView(secondFactors.confirm(me(), body.code())));
    }

    @Operation(
            summary = "Other recovery codes",
            description = "Those given out before are worth nothing from then on.")
    @Throttled(Throttle.Scope.AUTH)
    @PostMapping("/recovery-codes/")
    Answer<RecoveryCodesView> renewCodes(@Valid @RequestBody PasswordBody body) {
        return Answer.of(new RecoveryCodesView(secondFactors.renewCodes(me(), body.password())));
    }

    @Operation(summary = "Turn the second factor off")
    @Throttled(Throttle.Scope.AUTH)
    @PostMapping("/disable/")
    Answer<Done> turnOff(@Valid @RequestBody PasswordBody body) {
        secondFactors.turnOff(me(), body.password());
        return Answer.of(new Done(), "The second factor is off");
    }

    private static User me() {
        return SignedIn.current().orElseThrow().user();
    }
}
