package com.igny8.site;

import com.igny8.http.Answer;
import com.igny8.http.Listing;
import com.igny8.identity.ApiKey;
import com.igny8.identity.ApiKeys;
import com.igny8.tenancy.Role;
import com.igny8.tenancy.Scope;
import com.igny8.tenancy.Tenancy;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;

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
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** The keys that programs reach a site with: made by people, never by keys. */
@Tag(name = "API keys")
@RestController
@RequestMapping("/api/v1/auth/api-keys")
class ApiKeyApi {
    private final ApiKeys apiKeys;
    private final Sites sites;
    private final Clock clock;

    ApiKeyApi(ApiKeys apiKeys, Sites sites, Clock clock) {
        this.apiKeys = apiKeys;
        this.sites = sites;
        this.clock = clock;
    }

    record ApiKeyBody(
            @NotNull @Schema(example = "WordPress bridge") String name,
            @NotNull UUID site,
            @NotNull @Size(max = 20) @Schema(example = "[\"sites:read\", \"keywords:read\"]")
                    List<@NotNull String> scopes,
            @Schema(description = "Never, if absent") @Nullable Instant expiresAt) {}

    record RotateBody(
            @Schema(
                            description =
                                    "How long the key before stays good: 24 if absent, at most 168",
                            example = "24")
                    @Nullable Integer overlapHours) {}

    record ApiKeyView(
            @Schema(example = "4fK2mQ9xT0aB") String id,
            String name,
            UUID site,
            List<String> scopes,
            @Schema(example = "igny8_live_4fK2mQ9xT0aB_") String prefix,
            Instant createdAt,
            @Nullable Instant expiresAt,
            @Nullable Instant lastUsedAt,
            @Nullable String lastUsedAddress,
            @Schema(description = "Until when the key before a rotation is good too")
                    @Nullable Instant previousUntil) {
        static ApiKeyView of(ApiKey key) {
            return new ApiKeyView(
                    key.id(),
                    key.name(),
                    key.siteId(),
                    key.scopes().stream().map(Scope::key).toList(),
                    key.prefix(),
                    key.createdAt(),
                    key.expiresAt(),
                    key.lastUsedAt(),
                    key.lastUsedAddress(),
                    key.previousUntil());
        }
    }

    record IssuedKeyView(
            String id,
            @Schema(description = "Shown this once", example = "igny8_live_4fK2mQ9xT0aB_…")
                    String key,
            ApiKeyView details) {
        static IssuedKeyView of(ApiKey.Issued issued) {
            return new IssuedKeyView(issued.key().id(), issued.text(), ApiKeyView.of(issued.key()));
        }

        /** Not to be read in a log. */
        @Override
        public String toString() {
            return "IssuedKeyView[" + id + "]";
        }
    }

    @Operation(
            summary = "Make an API key",
            description =
                    "For one site, with the scopes named. The key is shown this once. It acts with"
                            + " the power of an editor on that site. Needs the role admin.")
    @PostMapping("/")
    @ResponseStatus(HttpStatus.CREATED)
    Answer<IssuedKeyView> create(@Valid @RequestBody ApiKeyBody body) {
        Tenancy.caller().require(Role.ADMIN);
        ApiKey.Draft draft =
                ApiKey.Draft.of(
                        body.name(),
                        sites.get(body.site()).id(),
                        body.scopes(),
                        body.expiresAt(),
                        clock.instant());
        return Answer.of(IssuedKeyView.of(apiKeys.create(draft)), "Keep the key: it is shown once");
    }

    @Operation(
            summary = "API keys",
            description = "Those not revoked, youngest first, without the keys. For admins.")
    @GetMapping("/")
    Listing<ApiKeyView> list() {
        return Listing.ofAll(apiKeys.list().stream().map(ApiKeyView::of).toList());
    }

    @Operation(summary = "An API key", description = "What is known of it. For admins.")
    @GetMapping("/{id}/")
    Answer<ApiKeyView> key(@PathVariable String id) {
        return Answer.of(ApiKeyView.of(apiKeys.get(id)));
    }

    @Operation(
            summary = "Rotate an API key",
            description =
                    "Gives a new key under the same id; the one before stays good for the overlap."
                            + " 409 while one overlaps already, unless `overlap_hours` is 0: that"
                            + " ends all before at once. Needs the role admin.")
    @PostMapping("/{id}/rotate/")
    Answer<IssuedKeyView> rotate(
            @PathVariable String id,
            @Valid @RequestBody(required = false) @Nullable RotateBody body) {
        Integer hours = body == null ? null : body.overlapHours();
        Duration overlap = hours == null ? ApiKeys.USUAL_OVERLAP : Duration.ofHours(hours);
        return Answer.of(
                IssuedKeyView.of(apiKeys.rotate(id, overlap)), "Keep the key: it is shown once");
    }

    @Operation(
            summary = "Revoke an API key",
            description = "At once, with whatever it has under way. Needs the role admin.")
    @DeleteMapping("/{id}/")
    Answer<ApiKeyView> revoke(@PathVariable String id) {
        return Answer.of(ApiKeyView.of(apiKeys.revoke(id)), "The key is revoked");
    }
}
