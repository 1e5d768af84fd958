package com.igny8.signup;

import com.igny8.account.Accounts;
import com.igny8.account.Gate;
import com.igny8.http.Answer;
import com.igny8.http.Throttle;
import com.igny8.http.Throttled;
import com.igny8.identity.EmailVerifications;
import com.igny8.identity.NewUser;
import com.igny8.identity.RefreshTokens;
import com.igny8.identity.SignedIn;
import com.igny8.identity.User;
import com.igny8.identity.Users;
import com.igny8.kernel.Problem;
import com.igny8.tenancy.Caller;
import com.igny8.tenancy.Idempotency;
import com.igny8.tenancy.IdempotencyKey;
import com.igny8.tenancy.Ungated;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.security.SecurityRequirements;
import io.swagger.v3.oas.annotations.tags.Tag;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

import java.util.Objects;
import java.util.UUID;

/** Signing up, in and out, for programs. */
@Tag(name = "Sign-in")
@RestController
@RequestMapping("/api/v1/auth")
@Ungated(Ungated.To.EVERYBODY)
class AuthApi {
    private final SignUp signUp;
    private final Users users;
    private final Accounts accounts;
    private final Gate gate;
    private final RefreshTokens refreshTokens;
    private final EmailVerifications verifications;
    private final Profile profile;
    private final Idempotency idempotency;
    private final Throttle throttle;
    private final SignInLog signInLog;

    AuthApi(
            SignUp signUp,
            Users users,
            Accounts accounts,
            Gate gate,
            RefreshTokens refreshTokens,
            EmailVerifications verifications,
            Profile profile,
            Idempotency idempotency,
            Throttle throttle,
            SignInLog signInLog) {
        this.signUp = signUp;
        this.users = users;
        this.accounts = accounts;
        this.gate = gate;
        this.refreshTokens = refreshTokens;
        this.verifications = verifications;
        this.profile = profile;
        this.idempotency = idempotency;
        this.throttle = throttle;
        this.signInLog = signInLog;
    }

    record RegisterBody(
            @NotBlank @Schema(example = "ada@example.com") String email,
            @NotNull @Schema(example = "correct horse battery") String password,
            @NotNull @Schema(example = "correct horse battery") String passwordConfirm,
            @Nullable @Schema(example = "Ada") String firstName,
            @Nullable @Schema(example = "Lovelace") String lastName,
            @Nullable @Size(max = 120) @Schema(example = "Analytical Engines") String accountName,
            @Nullable @Schema(description = "A free plan on offer; the free trial if absent")
                    String planSlug) {}

    record LoginBody(
            @NotBlank @Size(max = 254) @Schema(example = "ada@example.com") String email,
            @NotNull @Size(max = 512) @Schema(example = "correct horse battery") String password) {}

    record RefreshBody(@NotBlank @Size(max = 200) String refresh) {}

    record VerifyBody(@NotBlank @Size(max = 200) String token) {}

    record Session(String access, String refresh, Profile.UserView user) {}

    record Done(boolean done) {}

    @Operation(
            summary = "Sign up",
            description =
                    "Opens an account with the free trial (2,000 credits) or a free plan, and signs"
                            + " in. Needs no token.")
    @SecurityRequirements
    @Throttled(Throttle.Scope.AUTH)
    @PostMapping("/register/")
    @ResponseStatus(HttpStatus.CREATED)
    Answer<Session> register(
            @Valid @RequestBody RegisterBody body, @Parameter(hidden = true) IdempotencyKey key) {
        if (!body.password().equals(body.passwordConfirm())) {
            throw Problem.invalid("password_confirm", "The passwords differ");
        }
        throttle.requireEmail(body.email());
        Registration registration =
                new Registration(
                        new NewUser(
                                body.email(),
                                body.password(),
                                Objects.requireNonNullElse(body.firstName(), ""),
                                Objects.requireNonNullElse(body.lastName(), "")),
                        body.accountName(),
                        body.planSlug());
        return Answer.of(
                idempotency.onceAnonymously(key, Session.class, () -> registered(registration)),
                "Welcome to IGNY8");
    }

    private Session registered(Registration registration) {
        SignUp.Customer customer =
                signUp.register(registration)
                        .orElseThrow(
                                () ->
                                        Problem.invalid(
                                                "email", "This email has an account already"));
        return session(customer.user(), customer.account().id());
    }

    @Operation(summary = "Sign in", description = "Needs no token.")
    @SecurityRequirements
    @Throttled(Throttle.Scope.AUTH)
    @PostMapping("/login/")
    Answer<Session> login(@Valid @RequestBody LoginBody body) {
        throttle.requireEmail(body.email());
        User user =
                signInLog.found(
                        body.email(), () -> users.authenticate(body.email(), body.password()));
        UUID accountId = accounts.firstSeat(user.id()).orElse(null);
        signInLog.signedIn(user, accountId, Caller.Via.TOKEN);
        return Answer.of(session(user, accountId));
    }

    private Session session(User user, @Nullable UUID accountId) {
        RefreshTokens.Pair pair = refreshTokens.start(user, accountId);
        Caller caller = gate.ask(user.id(), accountId, Caller.Via.TOKEN).caller().orElse(null);
        return new Session(pair.access(), pair.refresh(), profile.of(user, caller));
    }

    @Operation(
            summary = "Refresh",
            description =
                    "Changes a refresh token for new ones. Each is good once; using one again ends"
                            + " all that descend from the same sign-in. Needs no access token.")
    @SecurityRequirements
    @Throttled(Throttle.Scope.AUTH)
    @PostMapping("/refresh/")
    Answer<RefreshTokens.Pair> refresh(@Valid @RequestBody RefreshBody body) {
        return Answer.of(refreshTokens.rotate(body.refresh()));
    }

    @Operation(summary = "Sign out", description = "Ends this sign-in and all its tokens at once.")
    @PostMapping("/logout/")
    Answer<Done> logout() {
        signInLog.signedOut();
        SignedIn.current().ifPresent(signedIn -> refreshTokens.revoke(signedIn.sessionId()));
        return Answer.of(new Done(true), "Signed out");
    }

    @Operation(summary = "Who I am")
    @GetMapping("/me/")
    Answer<Profile.UserView> me() {
        SignedIn signedIn = SignedIn.current().orElseThrow();
        Caller caller =
                gate.ask(signedIn.user().id(), signedIn.actingAccountId(), signedIn.via())
                        .caller()
                        .orElse(null);
        return Answer.of(profile.of(signedIn.user(), caller));
    }

    @Operation(summary = "Confirm an email address", description = "Needs no access token.")
    @SecurityRequirements
    @Throttled(Throttle.Scope.AUTH)
    @PostMapping("/verify-email/")
    Answer<Done> verifyEmail(@Valid @RequestBody VerifyBody body) {
        verifications.verify(body.token());
        return Answer.of(new Done(true), "Your email address is confirmed");
    }
}
