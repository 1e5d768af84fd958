package com.igny8.console;

import com.igny8.catalog.Plan;
import com.igny8.catalog.PlanEditing;
import com.igny8.http.Answer;
import com.igny8.http.Listing;
import com.igny8.http.Tagged;
import com.igny8.kernel.EntityTag;
import com.igny8.kernel.IfMatch;
import com.igny8.tenancy.Idempotency;
import com.igny8.tenancy.IdempotencyKey;
import com.igny8.tenancy.Ungated;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Plans in the operator's console, for programs. */
@Tag(name = "Console")
@RestController
@RequestMapping("/api/v1/console/plans")
@Ungated(Ungated.To.EVERYBODY)
class ConsolePlanApi {
    private static final int LAST = 100;

    private final PlanFiles files;
    private final PlanEditing editing;
    private final Idempotency idempotency;

    ConsolePlanApi(PlanFiles files, PlanEditing editing, Idempotency idempotency) {
        this.files = files;
        this.editing = editing;
        this.idempotency = idempotency;
    }

    record VersionView(
            @Schema(example = "2") int version,
            TermsBody terms,
            Instant createdAt,
            @Schema(example = "120") long subscribers) {
        static VersionView of(PlanFiles.Counted counted) {
            return new VersionView(
                    counted.version().number(),
                    TermsBody.of(counted.version().terms()),
                    counted.version().createdAt(),
                    counted.subscribers());
        }
    }

    record ConsolePlanView(
            @Schema(example = "growth") String slug,
            @Schema(example = "Growth") String name,
            boolean isPublic,
            boolean isActive,
            @Schema(example = "4") int position,
            @Schema(description = "Who is on any version of it", example = "150") long subscribers,
            @Schema(description = "The latest first") List<VersionView> versions) {
        static ConsolePlanView of(PlanFiles.PlanFile file) {
            Plan plan = file.plan();
            return new ConsolePlanView(
                    plan.slug(),
                    plan.name(),
                    plan.isPublic(),
                    plan.isActive(),
                    plan.position(),
                    file.subscribers(),
                    file.versions().stream().map(VersionView::of).toList());
        }
    }

    record NewPlanBody(
            @Nullable
                    @Schema(
                            description = "Stays for good; made of the name if left out",
                            example = "agency")
                    String slug,
            @NotNull @Schema(example = "Agency") String name,
            @Nullable @Schema(description = "false if left out") Boolean isPublic,
            @Nullable @Schema(description = "The last if left out") Integer position,
            @NotNull @Valid TermsBody terms) {
        PlanEditing.Sheet sheet() {
            return new PlanEditing.Sheet(
                    name,
                    Boolean.TRUE.equals(isPublic),
                    true,
                    Optional.ofNullable(position).orElse(LAST));
        }
    }

    record PlanChangeBody(
            @Nullable @Schema(example = "Growth") String name,
            @Nullable @Schema(description = "Whether anybody may sign up for it") Boolean isPublic,
            @Nullable @Schema(description = "If false, those who are on it are shut out too")
                    Boolean isActive,
            @Nullable @Schema(example = "4") Integer position) {
        PlanEditing.Sheet sheet(Plan plan) {
            return new PlanEditing.Sheet(
                    Optional.ofNullable(name).orElse(plan.name()),
                    Optional.ofNullable(isPublic).orElse(plan.isPublic()),
                    Optional.ofNullable(isActive).orElse(plan.isActive()),
                    Optional.ofNullable(position).orElse(plan.position()));
        }
    }

    @Operation(
            summary = "All plans",
            description = "For operators: with all their versions, and how many are on each.")
    @GetMapping("/")
    Listing<ConsolePlanView> plans() {
        return Listing.ofAll(files.all().stream().map(ConsolePlanView::of).toList());
    }

    @Operation(summary = "Add a plan", description = "For operators.")
    @PostMapping("/")
    ResponseEntity<Answer<ConsolePlanView>> create(
            @Valid @RequestBody NewPlanBody body, @Parameter(hidden = true) IdempotencyKey key) {
        return created(
                idempotency.onceAnonymously(
                        key,
                        Made.class,
                        () ->
                                made(
                                        editing.create(
                                                body.slug(), body.sheet(), body.terms().terms()))));
    }

    /** What is answered to who made something, each time they ask with the same key. */
    private record Made(String tag, ConsolePlanView view) {}

    private Made made(Plan plan) {
        return new Made(EntityTag.of(plan), ConsolePlanView.of(files.of(plan)));
    }

    private static ResponseEntity<Answer<ConsolePlanView>> created(Made made) {
        return ResponseEntity.status(HttpStatus.CREATED)
                .eTag(made.tag())
                .body(Answer.of(made.view()));
    }

    @Operation(summary = "A plan and its versions", description = "For operators.")
    @GetMapping("/{slug}/")
    ResponseEntity<Answer<ConsolePlanView>> plan(@PathVariable String slug) {
        return shown(editing.get(slug));
    }

    private ResponseEntity<Answer<ConsolePlanView>> shown(Plan plan) {
        return Tagged.of(plan, ConsolePlanView.of(files.of(plan)));
    }

    @Operation(
            summary = "Change a plan",
            description =
                    "For operators: its name, whether it is on offer, its place in the list. Only"
                            + " the fields that are sent.")
    @PatchMapping("/{slug}/")
    ResponseEntity<Answer<ConsolePlanView>> change(
            @PathVariable String slug, @RequestBody PlanChangeBody body, IfMatch ifMatch) {
        return shown(editing.change(slug, body.sheet(editing.get(slug)), ifMatch));
    }

    @Operation(
            summary = "Add a version of a plan",
            description =
                    "For operators: the terms of those who come onto it from now on. Whoever is on"
                            + " it keeps what was agreed.")
    @PostMapping("/{slug}/versions/")
    ResponseEntity<Answer<ConsolePlanView>> addVersion(
            @PathVariable String slug,
            @Valid @RequestBody TermsBody body,
            IfMatch ifMatch,
            @Parameter(hidden = true) IdempotencyKey key) {
        return created(
                idempotency.onceAnonymously(
                        key,
                        Made.class,
                        () -> made(editing.addVersion(slug, body.terms(), ifMatch))));
    }
}
