package com.igny8.site;

import com.igny8.http.Answer;
import com.igny8.http.Listing;
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

import org.springdoc.core.annotations.ParameterObject;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

import java.util.UUID;

/** Sites and sectors, for programs. */
@Tag(name = "Sites")
@RestController
@RequestMapping("/api/v1/auth")
class SiteApi {
    private final Sites sites;
    private final Sectors sectors;
    private final Idempotency idempotency;

    SiteApi(Sites sites, Sectors sectors, Idempotency idempotency) {
        this.sites = sites;
        this.sectors = sectors;
        this.idempotency = idempotency;
    }

    record SiteBody(
            @NotBlank @Schema(example = "Cloud Notes") String name,
            @NotBlank @Schema(example = "https://cloudnotes.example") String domain,
            @NotNull @Schema(description = "Id of an industry", example = "1") Integer industry) {}

    record SiteView(
            UUID id,
            String name,
            String slug,
            String domain,
            int industry,
            String status,
            boolean isActive) {
        static SiteView of(Site site) {
            return new SiteView(
                    site.id(),
                    site.name(),
                    site.slug(),
                    site.domain(),
                    site.industryId(),
                    site.status(),
                    site.isActive());
        }
    }

    record SectorBody(
            @NotNull UUID site,
            @NotBlank @Schema(example = "Cloud storage") String name,
            @NotNull @Schema(description = "Id of a sector of the site's industry", example = "102")
                    Integer industrySector) {}

    record SectorView(UUID id, UUID site, String name, String slug, int industrySector) {
        static SectorView of(Sector sector) {
            return new SectorView(
                    sector.id(),
                    sector.siteId(),
                    sector.name(),
                    sector.slug(),
                    sector.industrySectorId());
        }
    }

    @Operation(summary = "Add a site", description = "Needs the role admin.")
    @PostMapping("/sites/")
    @ResponseStatus(HttpStatus.CREATED)
    Answer<SiteView> createSite(
            @Valid @RequestBody SiteBody body, @Parameter(hidden = true) IdempotencyKey key) {
        return Answer.of(
                idempotency.once(
                        key,
                        SiteView.class,
                        () ->
                                SiteView.of(
                                        sites.create(
                                                Site.Draft.of(
                                                        body.name(),
                                                        body.domain(),
                                                        body.industry())))));
    }

    @Operation(summary = "Sites you may reach")
    @Scoped(Scope.SITES_READ)
    @GetMapping("/sites/")
    Listing<SiteView> sites(@ParameterObject PageRequest page) {
        return Listing.of(sites.list(page), SiteView::of);
    }

    @Operation(summary = "A site")
    @Scoped(Scope.SITES_READ)
    @GetMapping("/sites/{id}/")
    Answer<SiteView> site(@PathVariable UUID id) {
        return Answer.of(SiteView.of(sites.get(id)));
    }

    @Operation(summary = "Add a sector to a site", description = "Needs the role admin.")
    @PostMapping("/sectors/")
    @ResponseStatus(HttpStatus.CREATED)
    Answer<SectorView> createSector(
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

    @Operation(summary = "Sectors of a site")
    @Scoped(Scope.SITES_READ)
    @GetMapping("/sectors/")
    Listing<SectorView> sectors(@RequestParam UUID site) {
        return Listing.ofAll(sectors.list(site).stream().map(SectorView::of).toList());
    }
}
