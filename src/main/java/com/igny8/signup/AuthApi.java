package com.igny8.signup;

import com.igny8.account.Accounts;
import com.igny8.account.Gate;
import com.igny8.http.Answer;
import com.igny8.http.Throttle;
import com.igny8.http.Throttled;
import com.igny8.identity.Done;
import com.igny8.identity.NewUser;
import com.igny8.identity.PersonName;
import com.igny8.identity.RefreshTokens;
import com.igny8.identity.SignIn;
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
import org.springframework.web.bind.annotation.PatchMapping;
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
    private final SignIn signIn;
    private final Accounts accounts;
    private final Gate gate;
    private final RefreshTokens refreshTokens;
    private final Profile profile;
    private final Idempotency idempotency;
    private final Throttle throttle;
    private final SignInLog signInLog;

    AuthApi(
            SignUp signUp,
            Users users,
            SignIn signIn,
            Accounts accounts,
            Gate gate,
            RefreshTokens refreshTokens,
            Profile profile,
            Idempotency idempotency,
            Throttle throttle,
            SignInLog signInLog) {
        this.signUp = signUp;
        this.users = users;
        this.signIn = signIn;
        this.accounts = accounts;
        this.gate = gate;
        this.refreshTokens = refreshTokens;
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
            @Nullable @Schema(description = "A plan on offer; the free trial if absent")
                    String planSlug,
            @Nullable
                    @Schema(
                            description = "How a plan that costs money will be paid",
                            allowableValues = {"stripe", "paypal", "bank_transfer"})
                    String paymentMethod,
            @Nullable
                    @Schema(
                            description = "How often it will be; monthly if absent",
                            allowableValues = {"month", "year"})
                    String billingInterval) {}

    record LoginBody(
            @NotBlank @Size(max = 254) @Schema(example = "ada@example.com") String email,
            @NotNull @Size(max = 512) @Schema(example = "correct horse battery") String password) {}

    record RefreshBody(@NotBlank @Size(max = 200) String refresh) {}

    record ChallengeBody(
            @NotBlank @Size(max = 200) String challenge,
            @NotBlank @Size(max = 40) @Schema(example = "123456") String code) {}

    record NameBody(
            @Nullable @Schema(example = "Ada") String firstName,
            @Nullable @Schema(example = "Lovelace") String lastName) {}

    record Session(String access, String refresh, Profile.UserView user) {}

    @Operation(
            summary = "Sign up",
            description =
                    "Opens an account and signs in: with the free trial (2,000 credits), or with a"
                            + " plan. One that costs money begins, and gives its credits, when its"
                            + " first invoice is paid. Needs no token.")
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
                        users.prepare(
                                new NewUser(
                                        body.email(),
                                        body.password(),
                                        Objects.requireNonNullElse(body.firstName(), ""),
                                        Objects.requireNonNullElse(body.lastName(), ""))),
                        body.accountName(),
                        body.planSlug(),
                        body.paymentMethod(),
                        body.billingInterval());
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
        UUID accountId = customer.account().id();
        return session(customer.user(), accountId, refreshTokens.start(customer.user(), accountId));
    }

    @Operation(
            summary = "Sign in",
            description =
                    "Who has a second factor is answered 401 `second_factor_required` with a"
                            + " `challenge`, to be sent with a code to the next endpoint. Needs no"
                            + " token.")
    @SecurityRequirements
    @Throttled(Throttle.Scope.AUTH)
    @PostMapping("/login/")
    Answer<Session> login(@Valid @RequestBody LoginBody body) {
        throttle.requireEmail(body.email());
        SignIn.Step step =
                signInLog.found(
                        body.email(), () -> signIn.withPassword(body.email(), body.password()));
        return switch (step) {
            case SignIn.Step.In in -> Answer.of(signedIn(in.user()));
            case SignIn.Step.CodeNeeded(String challenge) ->
                    throw Problem.unauthenticated(
                                    "second_factor_required",
                                    "Now a code of your authenticator app, or a recovery code")
                            .with("challenge", challenge);
        };
    }

    @Operation(
            summary = "Sign in: the second factor",
            description =
                    "A code of the authenticator app or a recovery code, each good once. The"
                            + " challenge is good for 5 minutes. Needs no token.")
    @SecurityRequirements
    @Throttled(Throttle.Scope.AUTH)
    @PostMapping("/login/second-factor/")
    Answer<Session> secondFactor(@Valid @RequestBody ChallengeBody body) {
        return Answer.of(signedIn(signIn.withCode(body.challenge(), body.code())));
    }

    private Session signedIn(User user) {
        UUID accountId = accounts.firstSeat(user.id()).orElse(null);
        RefreshTokens.Pair pair =
                signInLog.begun(
                        user,
                        accountId,
                        Caller.Via.TOKEN,
                        () -> refreshTokens.start(user, accountId));
        return session(user, accountId, pair);
    }

    private Session session(User user, @Nullable UUID accountId, RefreshTokens.Pair pair) {
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
        SignedIn.current()
                .ifPresent(
                        signedIn ->
                                refreshTokens.revoke(signedIn.user().id(), signedIn.sessionId()));
        return Answer.of(new Done(), "Signed out");
    }

    @Operation(summary = "Who I am")
    @GetMapping("/me/")
    Answer<Profile.UserView> me() {
        SignedIn signedIn = SignedIn.current().orElseThrow();
        return Answer.of(view(signedIn, signedIn.user()));
    }

    @Operation(
            summary = "Change my name",
            description = "What is absent stays. Nothing else about a person is changed here.")
    @PatchMapping("/me/")
    Answer<Profile.UserView> rename(@Valid @RequestBody NameBody body) {
        SignedIn signedIn = SignedIn.current().orElseThrow();
        User user = signedIn.user();
        PersonName name =
                new PersonName(
                        Objects.requireNonNullElse(body.firstName(), user.firstName()),
                        Objects.requireNonNullElse(body.lastName(), user.lastName()));
        return Answer.of(view(signedIn, users.rename(user.id(), name)));
    }

    private Profile.UserView view(SignedIn signedIn, User user) {
        Caller caller =
                gate.ask(user.id(), signedIn.actingAccountId(), signedIn.via())
                        .caller()
                        .orElse(null);
        return profile.of(user, caller);
    }
}
