package com.igny8.site;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.igny8.account.Deleted;
import com.igny8.http.Answer;
import com.igny8.http.Listing;
import com.igny8.http.Tagged;
import com.igny8.kernel.IfMatch;
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
import java.util.UUID;

/** Sectors, for programs. */
@Tag(name = "Sites")
@RestController
@RequestMapping("/api/v1/auth/sectors")
class SectorApi {
    private final Sectors sectors;
    private final SectorDeletion deletion;
    private final Idempotency idempotency;

    SectorApi(Sectors sectors, SectorDeletion deletion, Idempotency idempotency) {
        this.sectors = sectors;
        this.deletion = deletion;
        this.idempotency = idempotency;
    }

    record SectorBody(
            @NotNull UUID site,
            @NotBlank @Schema(example = "Cloud storage") String name,
            @NotNull @Schema(description = "Id of a sector of the site's industry", example = "102")
                    Integer industrySector) {}

    record SectorChangeBody(@NotBlank @Schema(example = "Cloud storage") String name) {}

    /**
     * A sector.
     *
     * @param restoreUntil only of deleted ones, as {@code deletedAt}
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record SectorView(
            UUID id,
            UUID site,
            String name,
            String slug,
            int industrySector,
            @Nullable Instant deletedAt,
            @Nullable Instant restoreUntil) {
        static SectorView of(Sector sector) {
            return of(sector, null, null);
        }

        static SectorView of(Deleted<Sector> deleted) {
            return of(deleted.thing(), deleted.deletedAt(), deleted.restoreUntil());
        }

        private static SectorView of(
                Sector sector, @Nullable Instant deletedAt, @Nullable Instant restoreUntil) {
            return new SectorView(
                    sector.id(),
                    sector.siteId(),
                    sector.name(),
                    sector.slug(),
                    sector.industrySectorId(),
                    deletedAt,
                    restoreUntil);
        }
    }

    @Operation(summary = "Add a sector to a site", description = "Needs the role admin.")
    @PostMapping("/")
    @ResponseStatus(HttpStatus.CREATED)
    Answer<SectorView> create(
            @Valid @RequestBody SectorBody body, @Parameter(hidden = true) IdempotencyKey key) {
        return Answer.of(
                idempotency.once(
                        key,
                        SectorView.class,
                        () ->
                                SectorView.of(
                                        sectors.create(
                                                body.site(), body.name(), body.industrySector()))));
    }

    @Operation(
            summary = "Sectors of a site",
            description = "With `deleted=true` those that can be restored still; needs admin then.")
    @Scoped(Scope.SITES_READ)
    @GetMapping("/")
    Listing<SectorView> list(
            @RequestParam UUID site, @RequestParam(defaultValue = "false") boolean deleted) {
        return Listing.ofAll(
                deleted
                        ? deletion.list(site).stream().map(SectorView::of).toList()
                        : sectors.list(site).stream().map(SectorView::of).toList());
    }

    @Operation(summary = "A sector")
    @Scoped(Scope.SITES_READ)
    @GetMapping("/{id}/")
    ResponseEntity<Answer<SectorView>> sector(@PathVariable UUID id) {
        Sector sector = sectors.get(id);
        return Tagged.of(sector, SectorView.of(sector));
    }

    @Operation(summary = "Rename a sector", description = "Needs the role admin.")
    @PatchMapping("/{id}/")
    ResponseEntity<Answer<SectorView>> rename(
            @PathVariable UUID id, @Valid @RequestBody SectorChangeBody body, IfMatch ifMatch) {
        Sector sector = sectors.rename(id, body.name(), ifMatch);
        return Tagged.of(sector, SectorView.of(sector));
    }

    @Operation(
            summary = "Delete a sector",
            description =
                    "Its keywords stay on the site. It can be restored until `restore_until`."
                            + " Needs the role admin.")
    @DeleteMapping("/{id}/")
    Answer<DeletedView> delete(@PathVariable UUID id) {
        return Answer.of(DeletedView.of(id, deletion.delete(id)));
    }

    @Operation(
            summary = "Restore a deleted sector",
            description =
                    "If the plan has room, and the site has no other of its kind: 409"
                            + " `sector_exists`. Needs the role admin.")
    @PostMapping("/{id}/restore/")
    Answer<SectorView> restore(@PathVariable UUID id) {
        return Answer.of(SectorView.of(deletion.restore(id)));
    }
}
