package com.igny8.signup;

import com.igny8.account.Gate;
import com.igny8.account.Seat;
import com.igny8.account.Seats;
import com.igny8.http.Answer;
import com.igny8.http.Listing;
import com.igny8.http.Throttle;
import com.igny8.http.Throttled;
import com.igny8.identity.RefreshTokens;
import com.igny8.identity.SignedIn;
import com.igny8.identity.User;
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
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/** The accounts one may act on, and taking a seat in another, for programs. */
@Tag(name = "Sign-in")
@RestController
@RequestMapping("/api/v1/auth")
@Ungated(Ungated.To.EVERYBODY)
class SeatApi {
    private final Seats seats;
    private final Joining joining;
    private final RefreshTokens refreshTokens;
    private final Gate gate;
    private final Profile profile;
    private final Idempotency idempotency;

    SeatApi(
            Seats seats,
            Joining joining,
            RefreshTokens refreshTokens,
            Gate gate,
            Profile profile,
            Idempotency idempotency) {
        this.seats = seats;
        this.joining = joining;
        this.refreshTokens = refreshTokens;
        this.gate = gate;
        this.profile = profile;
        this.idempotency = idempotency;
    }

    record SeatView(
            UUID id,
            @Schema(example = "Analytical Engines") String name,
            @Schema(example = "analytical-engines") String slug,
            @Schema(example = "active") String status,
            @Schema(example = "editor") String role,
            @Schema(description = "Whether this token acts on it") boolean isCurrent) {
        static SeatView of(Seat seat, @Nullable UUID current) {
            return new SeatView(
                    seat.accountId(),
                    seat.name(),
                    seat.slug(),
                    seat.status(),
                    seat.role().key(),
                    seat.accountId().equals(current));
        }
    }

    record SwitchBody(@NotNull @Schema(description = "Id of one of your accounts") UUID account) {}

    record AcceptBody(
            @NotBlank @Size(max = 200) @Schema(description = "From the link in the mail")
                    String token,
            @Nullable @Schema(example = "Grace") String firstName,
            @Nullable @Schema(example = "Hopper") String lastName,
            @Nullable
                    @Schema(
                            description = "To choose, for who has no user yet",
                            example = "correct horse battery")
                    String password) {}

    @Operation(summary = "Your accounts", description = "All that you hold a seat in.")
    @GetMapping("/accounts/")
    Listing<SeatView> seats() {
        SignedIn signedIn = SignedIn.current().orElseThrow();
        return Listing.ofAll(
                seats.of(signedIn.user().id()).stream()
                        .map(seat -> SeatView.of(seat, signedIn.actingAccountId()))
                        .toList());
    }

    @Operation(
            summary = "Switch account",
            description =
                    "Tokens that act on another account of yours, also when you next sign in. The"
                            + " refresh token you had is used up.")
    @PostMapping("/accounts/switch/")
    Answer<AuthApi.Session> switchAccount(@Valid @RequestBody SwitchBody body) {
        SignedIn signedIn = SignedIn.current().orElseThrow();
        Seat seat = seats.choose(signedIn.user().id(), body.account());
        return Answer.of(
                actingOn(seat.accountId(), signedIn), "You act on " + seat.name() + " now");
    }

    @Operation(
            summary = "Accept an invitation",
            description =
                    "Signed in, you join with the user you are, if the invitation is for its"
                            + " address. Not signed in, a user is made for that address, with name"
                            + " and password; 401 `sign_in_first` where it has one. 409 says what"
                            + " became of an invitation that is not open any more.")
    @SecurityRequirements
    @Throttled(Throttle.Scope.AUTH)
    @PostMapping("/invitations/accept/")
    Answer<AuthApi.Session> accept(
            @Valid @RequestBody AcceptBody body, @Parameter(hidden = true) IdempotencyKey key) {
        return Answer.of(
                idempotency.onceAnonymously(key, AuthApi.Session.class, () -> accepted(body)),
                "Welcome");
    }

    private AuthApi.Session accepted(AcceptBody body) {
        Joining.Joined joined =
                joining.accept(
                        body.token(),
                        new Joining.Newcomer(
                                Objects.requireNonNullElse(body.firstName(), ""),
                                Objects.requireNonNullElse(body.lastName(), ""),
                                Objects.requireNonNullElse(body.password(), "")));
        UUID accountId = joined.offer().accountId();
        Optional<SignedIn> signedIn = SignedIn.current();
        return signedIn.isPresent()
                ? actingOn(accountId, signedIn.get())
                : session(refreshTokens.start(joined.user(), accountId), accountId, joined.user());
    }

    private AuthApi.Session actingOn(UUID accountId, SignedIn signedIn) {
        RefreshTokens.Pair pair =
                refreshTokens.actOn(signedIn.sessionId(), signedIn.user().id(), accountId);
        return session(pair, accountId, signedIn.user());
    }

    private AuthApi.Session session(RefreshTokens.Pair pair, UUID accountId, User user) {
        Caller caller = gate.ask(user.id(), accountId, Caller.Via.TOKEN).caller().orElse(null);
        return new AuthApi.Session(pair.access(), pair.refresh(), profile.of(user, caller));
    }
}
