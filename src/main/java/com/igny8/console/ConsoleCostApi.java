package com.igny8.console;

import com.igny8.catalog.CostSchedule;
import com.igny8.catalog.CreditCost;
import com.igny8.http.Answer;
import com.igny8.http.Listing;
import com.igny8.kernel.Problem;
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
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

import java.time.Instant;
import java.util.Locale;
import java.util.UUID;

/** What operations cost in credits, in the operator's console, for programs. */
@Tag(name = "Console")
@RestController
@RequestMapping("/api/v1/console/credit-costs")
@Ungated(Ungated.To.EVERYBODY)
class ConsoleCostApi {
    private final CostSchedule schedule;
    private final Idempotency idempotency;

    ConsoleCostApi(CostSchedule schedule, Idempotency idempotency) {
        this.schedule = schedule;
        this.idempotency = idempotency;
    }

    record CostView(
            UUID id,
            @Schema(example = "clustering") String operation,
            @Schema(example = "each 1,000 keywords in a run, or part of them") String unit,
            @Schema(example = "10") long credits,
            Instant effectiveFrom,
            @Schema(
                            example = "in_force",
                            allowableValues = {"past", "in_force", "scheduled"})
                    String standing) {
        static CostView of(CreditCost cost) {
            return new CostView(
                    cost.id(),
                    cost.operation().key(),
                    cost.operation().unit(),
                    cost.credits(),
                    cost.effectiveFrom(),
                    cost.standing().name().toLowerCase(Locale.ROOT));
        }
    }

    record CostBody(
            @NotNull @Schema(example = "clustering") String operation,
            @NotNull @Schema(example = "12") Long credits,
            @Nullable @Schema(description = "At once if left out", example = "2027-01-01T00:00:00Z")
                    Instant effectiveFrom) {}

    @Operation(
            summary = "Credit costs",
            description = "For operators: those in force, those before and those to come.")
    @GetMapping("/")
    Listing<CostView> costs() {
        return Listing.ofAll(schedule.all().stream().map(CostView::of).toList());
    }

    @Operation(
            summary = "Schedule a credit cost",
            description = "For operators: what a unit of an operation costs from a moment on.")
    @PostMapping("/")
    @ResponseStatus(HttpStatus.CREATED)
    Answer<CostView> schedule(
            @Valid @RequestBody CostBody body, @Parameter(hidden = true) IdempotencyKey key) {
        return Answer.of(
                idempotency.onceAnonymously(
                        key,
                        CostView.class,
                        () ->
                                CostView.of(
                                        schedule.schedule(
                                                operation(body.operation()),
                                                body.credits(),
                                                body.effectiveFrom()))));
    }

    static com.igny8.catalog.Operation operation(String key) {
        return com.igny8.catalog.Operation.find(key)
                .orElseThrow(() -> Problem.invalid("operation", "Choose one of the operations"));
    }

    @Operation(
            summary = "Withdraw a scheduled credit cost",
            description = "For operators; 409 where it is or was in force.")
    @DeleteMapping("/{id}/")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void withdraw(@PathVariable UUID id) {
        schedule.withdraw(id);
    }
}
