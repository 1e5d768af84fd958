package com.igny8.site;

import com.igny8.http.Answer;
import com.igny8.http.Listing;
import com.igny8.kernel.PageRequest;
import com.igny8.tenancy.Idempotency;
import com.igny8.tenancy.IdempotencyKey;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;

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

import java.time.Instant;
import java.util.UUID;

/** Who is let into which site, for programs. */
@Tag(name = "Members")
@RestController
@RequestMapping("/api/v1/auth/site-access")
class SiteAccessApi {
    private final SiteAccess siteAccess;
    private final Idempotency idempotency;

    SiteAccessApi(SiteAccess siteAccess, Idempotency idempotency) {
        this.siteAccess = siteAccess;
        this.idempotency = idempotency;
    }

    record AccessBody(
            @NotNull @Schema(description = "Id of a member's user") UUID user,
            @NotNull @Schema(description = "Id of a site") UUID site) {}

    record AccessView(UUID id, UUID user, UUID site, UUID grantedBy, Instant grantedAt) {
        static AccessView of(SiteAccess.Grant grant) {
            return new AccessView(
                    grant.id(),
                    grant.userId(),
                    grant.siteId(),
                    grant.grantedBy(),
                    grant.grantedAt());
        }
    }

    @Operation(
            summary = "Who is let into which site",
            description =
                    "Needs the role admin. Owner and admins reach every site, whatever stands here.")
    @GetMapping("/")
    Listing<AccessView> list(
            @RequestParam(required = false) @Nullable UUID user,
            @RequestParam(required = false) @Nullable UUID site,
            @ParameterObject PageRequest page) {
        return Listing.of(siteAccess.list(new SiteAccess.Filter(user, site), page), AccessView::of);
    }

    @Operation(summary = "Let a member into a site", description = "Needs the role admin.")
    @PostMapping("/")
    @ResponseStatus(HttpStatus.CREATED)
    Answer<AccessView> grant(
            @Valid @RequestBody AccessBody body, @Parameter(hidden = true) IdempotencyKey key) {
        return Answer.of(
                idempotency.once(
                        key,
                        AccessView.class,
                        () -> AccessView.of(siteAccess.grant(body.user(), body.site()))));
    }

    @Operation(
            summary = "Take a site from a member",
            description = "From their next request on. Needs the role admin.")
    @DeleteMapping("/{id}/")
    Answer<AccessView> revoke(@PathVariable UUID id) {
        return Answer.of(
                AccessView.of(siteAccess.revoke(id)), "They do not reach this site any more");
    }
}
