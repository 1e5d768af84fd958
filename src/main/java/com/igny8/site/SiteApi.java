package com.igny8.site;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.igny8.account.Deleted;
import com.igny8.http.Answer;
import com.igny8.http.Listing;
import com.igny8.http.Tagged;
import com.igny8.kernel.IfMatch;
import com.igny8.kernel.PageRequest;
import com.igny8.tenancy.Idempotency;
import com.igny8.tenancy.IdempotencyKey;
import com.igny8.tenancy.Scope;
import com.igny8.tenancy.Scoped;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;

import org.jspecify.annotations.Nullable;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** Sites, for programs. */
@Tag(name = "Sites")
@RestController
@RequestMapping("/api/v1/auth/sites")
class SiteApi {
    private final Sites sites;
    private final Drafts drafts;
    private final SiteEditing editing;
    private final SiteDeletion deletion;
    private final Idempotency idempotency;

    SiteApi(
            Sites sites,
            Drafts drafts,
            SiteEditing editing,
            SiteDeletion deletion,
            Idempotency idempotency) {
        this.sites = sites;
        this.drafts = drafts;
        this.editing = editing;
        this.deletion = deletion;
        this.idempotency = idempotency;
    }

    record SiteBody(
            @NotBlank @Schema(example = "Cloud Notes") String name,
            @NotBlank @Schema(example = "https://cloudnotes.example") String domain,
            @NotNull @Schema(description = "Id of an industry", example = "1") Integer industry) {}

    record SiteChangeBody(
            @Schema(example = "Cloud Notes") @Nullable String name,
            @Schema(example = "https://cloudnotes.example") @Nullable String domain,
            @Schema(
                            description = "Id of an industry; only while the site has no sectors",
                            example = "1")
                    @Nullable Integer industry,
            @Schema(example = "true") @Nullable Boolean isActive) {
        SiteEditing.Change change() {
            return new SiteEditing.Change(
                    Optional.ofNullable(name),
                    Optional.ofNullable(domain),
                    Optional.ofNullable(industry),
                    Optional.ofNullable(isActive));
        }
    }

    /**
     * A site.
     *
     * @param restoreUntil only of deleted ones, as {@code deletedAt}
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record SiteView(
            UUID id,
            String name,
            String slug,
            String domain,
            int industry,
            String status,
            boolean isActive,
            @Nullable Instant deletedAt,
            @Nullable Instant restoreUntil) {
        static SiteView of(Site site) {
            return of(site, null, null);
        }

        static SiteView of(Deleted<Site> deleted) {
            return of(deleted.thing(), deleted.deletedAt(), deleted.restoreUntil());
        }

        private static SiteView of(
                Site site, @Nullable Instant deletedAt, @Nullable Instant restoreUntil) {
            return new SiteView(
                    site.id(),
                    site.name(),
                    site.slug(),
                    site.domain(),
                    site.industryId(),
                    site.status(),
                    site.isActive(),
                    deletedAt,
                    restoreUntil);
        }
    }

    @Operation(summary = "Add a site", description = "Needs the role admin.")
    @PostMapping("/")
    @ResponseStatus(HttpStatus.CREATED)
    Answer<SiteView> create(
            @Valid @RequestBody SiteBody body, @Parameter(hidden = true) IdempotencyKey key) {
        return Answer.of(
                idempotency.once(
                        key,
                        SiteView.class,
                        () ->
                                SiteView.of(
                                        sites.create(
                                                drafts.of(
                                                        body.name(),
                                                        body.domain(),
                                                        body.industry())))));
    }

    @Operation(
            summary = "Sites you may reach",
            description = "With `deleted=true` those that can be restored still; needs admin then.")
    @Scoped(Scope.SITES_READ)
    @GetMapping("/")
    Listing<SiteView> list(
            @RequestParam(defaultValue = "false") boolean deleted,
            @ParameterObject PageRequest page) {
        return deleted
                ? Listing.of(deletion.list(page), SiteView::of)
                : Listing.of(sites.list(page), SiteView::of);
    }

    @Operation(summary = "A site")
    @Scoped(Scope.SITES_READ)
    @GetMapping("/{id}/")
    ResponseEntity<Answer<SiteView>> site(@PathVariable UUID id) {
        Site site = sites.get(id);
        return Tagged.of(site, SiteView.of(site));
    }

    @Operation(
            summary = "Change a site",
            description = "Only the fields that are sent. Needs the role admin.")
    @PatchMapping("/{id}/")
    ResponseEntity<Answer<SiteView>> change(
            @PathVariable UUID id, @RequestBody SiteChangeBody body, IfMatch ifMatch) {
        Site site = editing.edit(id, body.change(), ifMatch);
        return Tagged.of(site, SiteView.of(site));
    }

    @Operation(
            summary = "Delete a site",
            description =
                    "With all that is on it, and work under way is cancelled. It can be restored"
                            + " until `restore_until`, then it is erased. Needs the role admin.")
    @DeleteMapping("/{id}/")
    Answer<DeletedView> delete(@PathVariable UUID id) {
        return Answer.of(DeletedView.of(id, deletion.delete(id)));
    }

    @Operation(
            summary = "Restore a deleted site",
            description =
                    "If the plan has room, and no new site has its domain: 409 `domain_taken`."
                            + " Needs the role admin.")
    @PostMapping("/{id}/restore/")
    Answer<SiteView> restore(@PathVariable UUID id) {
        return Answer.of(SiteView.of(deletion.restore(id)));
    }
}
