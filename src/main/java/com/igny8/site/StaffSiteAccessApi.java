package com.igny8.site;

import com.igny8.account.StaffVisits;
import com.igny8.http.Answer;
import com.igny8.http.Listing;
import com.igny8.kernel.PageRequest;
import com.igny8.site.SiteAccessApi.AccessBody;
import com.igny8.site.SiteAccessApi.AccessView;
import com.igny8.tenancy.IdempotencyKey;
import com.igny8.tenancy.Ungated;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;

import jakarta.validation.Valid;

import org.jspecify.annotations.Nullable;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

import java.util.UUID;

/** Who is let into which site of a customer's, for the operator's programs. */
@Tag(name = "Console")
@RestController
@RequestMapping("/api/v1/console/accounts/{account}/members/site-access")
@Ungated(Ungated.To.EVERYBODY)
class StaffSiteAccessApi {
    private final StaffVisits visits;
    private final SiteAccessApi siteAccess;

    StaffSiteAccessApi(StaffVisits visits, SiteAccessApi siteAccess) {
        this.visits = visits;
        this.siteAccess = siteAccess;
    }

    @Operation(
            summary = "Who is let into which site of a customer's",
            description =
                    "For operators. Owner and admins reach every site, whatever stands here. The"
                            + " look is written down.")
    @GetMapping("/")
    Listing<AccessView> list(
            @PathVariable UUID account,
            @RequestParam(required = false) @Nullable UUID user,
            @RequestParam(required = false) @Nullable UUID site,
            @ParameterObject PageRequest page) {
        return visits.look(account, () -> siteAccess.list(user, site, page));
    }

    @Operation(
            summary = "Let a customer's member into a site",
            description = "For operators. From their next request on.")
    @PostMapping("/")
    @ResponseStatus(HttpStatus.CREATED)
    Answer<AccessView> grant(
            @PathVariable UUID account,
            @Valid @RequestBody AccessBody body,
            @Parameter(hidden = true) IdempotencyKey key) {
        return visits.act(account, () -> siteAccess.grant(body, key));
    }

    @Operation(
            summary = "Take a site from a customer's member",
            description = "For operators. From their next request on.")
    @DeleteMapping("/{id}/")
    Answer<AccessView> revoke(@PathVariable UUID account, @PathVariable UUID id) {
        return visits.act(account, () -> siteAccess.revoke(id));
    }
}
