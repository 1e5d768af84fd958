package com.igny8.account;

import com.igny8.account.InvitationApi.InvitationBody;
import com.igny8.account.InvitationApi.InvitationView;
import com.igny8.http.Answer;
import com.igny8.http.Listing;
import com.igny8.tenancy.IdempotencyKey;
import com.igny8.tenancy.Ungated;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;

import jakarta.validation.Valid;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

import java.util.UUID;

/** Inviting people to a customer's account, for the operator's programs: as "IGNY8 staff". */
@Tag(name = "Console")
@RestController
@RequestMapping("/api/v1/console/accounts/{account}/members/invitations")
@Ungated(Ungated.To.EVERYBODY)
class StaffInvitationApi {
    private final StaffVisits visits;
    private final InvitationApi invitations;

    StaffInvitationApi(StaffVisits visits, InvitationApi invitations) {
        this.visits = visits;
        this.invitations = invitations;
    }

    @Operation(
            summary = "Open invitations to a customer's account",
            description = "For operators. The look is written down.")
    @GetMapping("/")
    Listing<InvitationView> open(@PathVariable UUID account) {
        return visits.look(account, invitations::open);
    }

    @Operation(
            summary = "Invite somebody to a customer's account",
            description =
                    "For operators; who invites is called IGNY8 staff. Open invitations hold a seat"
                            + " of the customer's plan: 403 `limit_reached` where none is left.")
    @PostMapping("/")
    @ResponseStatus(HttpStatus.CREATED)
    Answer<InvitationView> invite(
            @PathVariable UUID account,
            @Valid @RequestBody InvitationBody body,
            @Parameter(hidden = true) IdempotencyKey key) {
        return visits.act(account, () -> invitations.invite(body, key));
    }

    @Operation(
            summary = "Send an invitation to a customer's account again",
            description =
                    "For operators. With a new link, good for another 7 days; at most once a minute.")
    @PostMapping("/{id}/resend/")
    Answer<InvitationView> resend(@PathVariable UUID account, @PathVariable UUID id) {
        return visits.act(account, () -> invitations.resend(id));
    }

    @Operation(
            summary = "Revoke an invitation to a customer's account",
            description = "For operators.")
    @DeleteMapping("/{id}/")
    Answer<InvitationView> revoke(@PathVariable UUID account, @PathVariable UUID id) {
        return visits.act(account, () -> invitations.revoke(id));
    }
}
