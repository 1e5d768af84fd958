package com.igny8.planner;

import com.igny8.ai.AiEngine;
import com.igny8.http.Answer;
import com.igny8.http.Listing;
import com.igny8.http.Tagged;
import com.igny8.http.Throttle;
import com.igny8.http.Throttled;
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
import jakarta.validation.constraints.Size;

import org.jspecify.annotations.Nullable;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

import java.math.BigDecimal;
import java.util.List;
import java.util.UUID;

/** Keywords and clusters, for programs. */
@Tag(name = "Planner")
@RestController
@RequestMapping("/api/v1/planner")
class PlannerApi {
    private static final int MAX_KEYWORD_IDS = 10_000;

    private final Keywords keywords;
    private final Clusters clusters;
    private final AutoCluster autoCluster;
    private final Idempotency idempotency;

    PlannerApi(
            Keywords keywords,
            Clusters clusters,
            AutoCluster autoCluster,
            Idempotency idempotency) {
        this.keywords = keywords;
        this.clusters = clusters;
        this.autoCluster = autoCluster;
        this.idempotency = idempotency;
    }

    record KeywordView(
            UUID id,
            String keyword,
            @Nullable String country,
            @Nullable String language,
            @Nullable Long volume,
            @Nullable Integer difficulty,
            @Schema(description = "Cost per click", example = "1.25") @Nullable BigDecimal cpc,
            @Nullable String intent,
            String status,
            @Nullable UUID cluster,
            @Nullable String clusterName,
            UUID site,
            @Nullable UUID sector) {
        static KeywordView of(Keyword keyword) {
            Intent intent = keyword.intent();
            Keyword.ClusterName cluster = keyword.cluster();
            return new KeywordView(
                    keyword.id(),
                    keyword.keyword(),
                    keyword.country(),
                    keyword.language(),
                    keyword.volume(),
                    keyword.difficulty(),
                    keyword.cpc(),
                    intent == null ? null : intent.label(),
                    keyword.status().key(),
                    cluster == null ? null : cluster.id(),
                    cluster == null ? null : cluster.name(),
                    keyword.siteId(),
                    keyword.sectorId());
        }
    }

    record MoveBody(
            @Schema(description = "A cluster of the same site; null takes it out of any")
                    @Nullable UUID cluster) {}

    record ClusterView(
            UUID id,
            String name,
            long keywordCount,
            long totalVolume,
            @Nullable String intent,
            String status,
            UUID site) {
        static ClusterView of(Cluster cluster) {
            Intent intent = cluster.intent();
            return new ClusterView(
                    cluster.id(),
                    cluster.name(),
                    cluster.keywordCount(),
                    cluster.totalVolume(),
                    intent == null ? null : intent.label(),
                    cluster.status(),
                    cluster.siteId());
        }
    }

    record RenameBody(@NotBlank String name) {}

    record AutoClusterBody(
            @NotNull UUID site,
            @Schema(description = "Only these; all keywords of the site if absent")
                    @Nullable
                    @Size(min = 1, max = MAX_KEYWORD_IDS)
                    List<@NotNull UUID> keywordIds) {}

    @Operation(
            summary = "Keywords of a site",
            description = "`ordering`: keyword, volume, -volume, difficulty or -difficulty.")
    @Scoped(Scope.KEYWORDS_READ)
    @GetMapping("/keywords/")
    Listing<KeywordView> keywords(
            @RequestParam UUID site,
            @RequestParam(required = false) @Nullable String status,
            @RequestParam(required = false) @Nullable UUID cluster,
            @RequestParam(required = false) @Nullable String intent,
            @RequestParam(defaultValue = "-volume") String ordering,
            @ParameterObject PageRequest page) {
        return Listing.of(
                keywords.list(Keyword.Filter.of(site, status, cluster, intent, ordering), page),
                KeywordView::of);
    }

    @Operation(
            summary = "Move a keyword",
            description =
                    "Into a cluster by hand, or out of any. Clustering again leaves it there.")
    @Scoped(Scope.KEYWORDS_WRITE)
    @PatchMapping("/keywords/{id}/")
    ResponseEntity<Answer<KeywordView>> move(
            @PathVariable UUID id, @Valid @RequestBody MoveBody body, IfMatch ifMatch) {
        Keyword keyword = keywords.move(id, body.cluster(), ifMatch);
        return Tagged.of(keyword, KeywordView.of(keyword));
    }

    @Operation(summary = "A keyword")
    @Scoped(Scope.KEYWORDS_READ)
    @GetMapping("/keywords/{id}/")
    ResponseEntity<Answer<KeywordView>> keyword(@PathVariable UUID id) {
        Keyword keyword = keywords.get(id);
        return Tagged.of(keyword, KeywordView.of(keyword));
    }

    @Operation(
            summary = "Cluster keywords",
            description =
                    "Queues a job that groups keywords by meaning; the number of clusters is found."
                            + " Costs 10 credits for every started 1,000 keywords: they are held at"
                            + " once, charged when it has succeeded, released when it has not.")
    @Scoped(Scope.CLUSTERS_WRITE)
    @Throttled(Throttle.Scope.AI)
    @PostMapping("/clusters/auto_cluster/")
    @ResponseStatus(HttpStatus.ACCEPTED)
    Answer<AiEngine.Started> autoCluster(
            @Valid @RequestBody AutoClusterBody body,
            @Parameter(hidden = true) IdempotencyKey key) {
        return Answer.of(
                idempotency.once(
                        key,
                        AiEngine.Started.class,
                        () -> autoCluster.start(body.site(), body.keywordIds())));
    }

    @Operation(summary = "Clusters of a site", description = "Most searched first.")
    @Scoped(Scope.CLUSTERS_READ)
    @GetMapping("/clusters/")
    Listing<ClusterView> clusters(@RequestParam UUID site, @ParameterObject PageRequest page) {
        return Listing.of(clusters.list(site, page), ClusterView::of);
    }

    @Operation(summary = "A cluster")
    @Scoped(Scope.CLUSTERS_READ)
    @GetMapping("/clusters/{id}/")
    ResponseEntity<Answer<ClusterView>> cluster(@PathVariable UUID id) {
        Cluster cluster = clusters.get(id);
        return Tagged.of(cluster, ClusterView.of(cluster));
    }

    @Operation(
            summary = "Rename a cluster",
            description = "Clustering again keeps a name given this way.")
    @Scoped(Scope.CLUSTERS_WRITE)
    @PatchMapping("/clusters/{id}/")
    ResponseEntity<Answer<ClusterView>> rename(
            @PathVariable UUID id, @Valid @RequestBody RenameBody body, IfMatch ifMatch) {
        Cluster cluster = clusters.rename(id, body.name(), ifMatch);
        return Tagged.of(cluster, ClusterView.of(cluster));
    }
}
