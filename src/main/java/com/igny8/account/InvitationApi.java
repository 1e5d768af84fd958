package com.igny8.account;

import com.igny8.http.Answer;
import com.igny8.http.Listing;
import com.igny8.http.Throttle;
import com.igny8.tenancy.Idempotency;
import com.igny8.tenancy.IdempotencyKey;
import com.igny8.tenancy.Tenancy;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Inviting people, for programs. Accepting is part of signing in. */
@Tag(name = "Members")
@RestController
@RequestMapping("/api/v1/auth/invitations")
class InvitationApi {
    private final Invitations invitations;
    private final Idempotency idempotency;
    private final Throttle throttle;
    private final Clock clock;

    InvitationApi(
            Invitations invitations, Idempotency idempotency, Throttle throttle, Clock clock) {
        this.invitations = invitations;
        this.idempotency = idempotency;
        this.throttle = throttle;
        this.clock = clock;
    }

    record InvitationBody(
            @NotBlank @Schema(example = "grace@example.com") String email,
            @NotBlank
                    @Schema(
                            example = "editor",
                            allowableValues = {"viewer", "editor", "admin"})
                    String role,
            @Nullable @Schema(description = "Ids of sites to let a viewer or editor into")
                    List<@NotNull UUID> sites) {}

    record InvitationView(
            UUID id,
            @Schema(example = "grace@example.com") String email,
            @Schema(example = "editor") String role,
            List<UUID> sites,
            @Schema(
                            example = "open",
                            allowableValues = {"open", "expired"})
                    String status,
            UUID invitedBy,
            Instant sentAt,
            Instant expiresAt) {}

    private InvitationView view(Invitation invitation) {
        return new InvitationView(
                invitation.id(),
                invitation.email(),
                invitation.role().key(),
                invitation.siteIds(),
                invitation.isExpired(clock.instant()) ? "expired" : "open",
                invitation.invitedBy(),
                invitation.sentAt(),
                invitation.expiresAt());
    }

    @Operation(
            summary = "Open invitations",
            description = "Those that nobody accepted yet. Needs the role admin.")
    @GetMapping("/")
    Listing<InvitationView> open() {
        return Listing.ofAll(invitations.open().stream().map(this::view).toList());
    }

    @Operation(
            summary = "Invite somebody",
            description =
                    "Needs the role admin. Mails a link that is good once, for 7 days. Open"
                            + " invitations hold a seat of the plan: 403 `limit_reached` where none"
                            + " is left. The answer is the same whether or not the address is"
                            + " known.")
    @PostMapping("/")
    @ResponseStatus(HttpStatus.CREATED)
    Answer<InvitationView> invite(
            @Valid @RequestBody InvitationBody body, @Parameter(hidden = true) IdempotencyKey key) {
        throttle.requireAuth("invitations:" + Tenancy.accountId());
        Invitation.Draft draft =
                Invitation.Draft.of(
                        body.email(), body.role(), body.sites() == null ? List.of() : body.sites());
        return Answer.of(
                idempotency.once(key, InvitationView.class, () -> view(invitations.invite(draft))),
                "The invitation is on its way");
    }

    @Operation(
            summary = "Send an invitation again",
            description =
                    "With a new link, good for another 7 days; the one before is worth nothing then."
                            + " At most once a minute. Needs the role admin.")
    @PostMapping("/{id}/resend/")
    Answer<InvitationView> resend(@PathVariable UUID id) {
        throttle.requireAuth("invitations:" + Tenancy.accountId());
        return Answer.of(view(invitations.resend(id)), "The invitation is on its way again");
    }

    @Operation(summary = "Revoke an invitation", description = "Needs the role admin.")
    @DeleteMapping("/{id}/")
    Answer<InvitationView> revoke(@PathVariable UUID id) {
        return Answer.of(view(invitations.revoke(id)), "The invitation is taken back");
    }
}
