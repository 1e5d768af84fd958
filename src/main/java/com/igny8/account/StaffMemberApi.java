package com.igny8.account;

import com.igny8.account.MemberApi.MemberView;
import com.igny8.account.MemberApi.RoleBody;
import com.igny8.http.Answer;
import com.igny8.http.Listing;
import com.igny8.kernel.PageRequest;
import com.igny8.tenancy.Ungated;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;

import jakarta.validation.Valid;

import org.springdoc.core.annotations.ParameterObject;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

import java.util.UUID;

/** Who works on a customer's account, for the operator's programs; its owner stays. */
@Tag(name = "Console")
@RestController
@RequestMapping("/api/v1/console/accounts/{account}/members")
@Ungated(Ungated.To.EVERYBODY)
class StaffMemberApi {
    private final StaffVisits visits;
    private final MemberApi members;

    StaffMemberApi(StaffVisits visits, MemberApi members) {
        this.visits = visits;
        this.members = members;
    }

    @Operation(
            summary = "Members of a customer's account",
            description = "For operators. Searches names and addresses. The look is written down.")
    @GetMapping("/")
    Listing<MemberView> list(@PathVariable UUID account, @ParameterObject PageRequest page) {
        return visits.look(account, () -> members.members(page));
    }

    @Operation(
            summary = "Change the role of a customer's member",
            description =
                    "For operators; the id is the user's. The owner's role stays, and nobody else"
                            + " gets it.")
    @PatchMapping("/{id}/")
    Answer<MemberView> changeRole(
            @PathVariable UUID account, @PathVariable UUID id, @Valid @RequestBody RoleBody body) {
        return visits.act(account, () -> members.changeRole(id, body));
    }

    @Operation(
            summary = "Remove a member of a customer's",
            description =
                    "For operators; the id is the user's. They are out with their next request. The"
                            + " owner stays.")
    @DeleteMapping("/{id}/")
    Answer<MemberView> remove(@PathVariable UUID account, @PathVariable UUID id) {
        return visits.act(account, () -> members.remove(id));
    }
}
