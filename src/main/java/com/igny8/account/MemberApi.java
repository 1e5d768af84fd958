package com.igny8.account;

import com.igny8.http.Answer;
import com.igny8.http.Listing;
import com.igny8.http.Throttle;
import com.igny8.http.Throttled;
import com.igny8.identity.SignedIn;
import com.igny8.identity.User;
import com.igny8.kernel.PageRequest;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;

import org.springdoc.core.annotations.ParameterObject;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

import java.time.Instant;
import java.util.UUID;

/** Who works on the account, and whose it is, for programs. */
@Tag(name = "Members")
@RestController
@RequestMapping("/api/v1/auth")
class MemberApi {
    private final Members members;
    private final Ownership ownership;

    MemberApi(Members members, Ownership ownership) {
        this.members = members;
        this.ownership = ownership;
    }

    record MemberView(
            @Schema(description = "Of the user") UUID id,
            @Schema(example = "ada@example.com") String email,
            @Schema(example = "Ada") String firstName,
            @Schema(example = "Lovelace") String lastName,
            @Schema(example = "editor") String role,
            Instant joinedAt) {
        static MemberView of(Member member) {
            return new MemberView(
                    member.user().id(),
                    member.user().email(),
                    member.user().firstName(),
                    member.user().lastName(),
                    member.role().key(),
                    member.joinedAt());
        }
    }

    record RoleBody(
            @NotBlank
                    @Schema(
                            example = "editor",
                            allowableValues = {"viewer", "editor", "admin"})
                    String role) {}

    record TransferBody(
            @NotNull @Schema(description = "Id of a member's user") UUID user,
            @NotNull
                    @Size(max = 512)
                    @Schema(description = "Your own, once more", example = "correct horse battery")
                    String password) {}

    record Left(@Schema(example = "true") boolean left) {}

    @Operation(
            summary = "Members of the account",
            description = "Needs the role admin. Searches names and addresses.")
    @GetMapping("/users/")
    Listing<MemberView> members(@ParameterObject PageRequest page) {
        return Listing.of(members.list(page), MemberView::of);
    }

    @Operation(
            summary = "Change a member's role",
            description =
                    "Needs the role admin; the id is the user's. The owner's role stays, and nobody"
                            + " else gets it: see the transfer of ownership.")
    @PatchMapping("/users/{id}/")
    Answer<MemberView> changeRole(@PathVariable UUID id, @Valid @RequestBody RoleBody body) {
        return Answer.of(MemberView.of(members.changeRole(id, Member.assignable(body.role()))));
    }

    @Operation(
            summary = "Remove a member",
            description =
                    "Needs the role admin; the id is the user's. They are out with their next"
                            + " request; invitations they sent are taken back. The owner stays.")
    @DeleteMapping("/users/{id}/")
    Answer<MemberView> remove(@PathVariable UUID id) {
        return Answer.of(MemberView.of(members.remove(id)), "They are not a member any more");
    }

    @Operation(
            summary = "Leave the account",
            description = "Gives up your own seat. The owner cannot: transfer the ownership first.")
    @PostMapping("/users/leave/")
    Answer<Left> leave() {
        members.leave();
        return Answer.of(new Left(true), "You have left this account");
    }

    @Operation(
            summary = "Transfer the ownership",
            description =
                    "For the owner, to a member, confirmed by the owner's password. They become the"
                            + " owner and you an admin; both get a mail. 409 `owner_changed` where"
                            + " another transfer came first.")
    @Throttled(Throttle.Scope.AUTH)
    @PostMapping("/account/transfer-ownership/")
    Answer<MemberView> transfer(@Valid @RequestBody TransferBody body) {
        User owner = SignedIn.current().orElseThrow().user();
        return Answer.of(
                MemberView.of(ownership.transfer(owner, body.user(), body.password())),
                "They own the account now");
    }
}
