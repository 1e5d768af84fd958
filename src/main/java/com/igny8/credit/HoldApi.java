package com.igny8.credit;

import com.igny8.http.Answer;
import com.igny8.http.Throttle;
import com.igny8.http.Throttled;
import com.igny8.kernel.Problem;
import com.igny8.tenancy.LedgerKey;
import com.igny8.tenancy.Scope;
import com.igny8.tenancy.Scoped;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

import java.time.Duration;
import java.util.UUID;

/** Credits reserved before work whose cost is known only afterwards. */
@Tag(name = "Credits")
@RestController
@Scoped(Scope.CREDITS_WRITE)
@Throttled(Throttle.Scope.CREDITS)
@RequestMapping("/api/v1/billing/credits/holds")
class HoldApi {
    private static final int DEFAULT_SECONDS = 900;
    private static final int MAX_SECONDS = 7 * 24 * 60 * 60;

    private final CreditDesk desk;

    HoldApi(CreditDesk desk) {
        this.desk = desk;
    }

    record HoldBody(
            @Schema(example = "20") @Nullable Long amount,
            @Schema(example = "content_generation") @Nullable String operation,
            @Schema(example = "article:5") @Nullable String reference,
            @Nullable UUID site,
            @Schema(
                            description = "When it is given back by itself, if nobody settles it",
                            example = "900")
                    @Nullable Integer expiresInSeconds) {
        Spending spending() {
            return new Spending(amount, operation, reference, site);
        }

        Duration deadline() {
            int seconds = expiresInSeconds == null ? DEFAULT_SECONDS : expiresInSeconds;
            if (seconds < 1 || seconds > MAX_SECONDS) {
                throw Problem.invalid("expires_in_seconds", "Must be between 1 and " + MAX_SECONDS);
            }
            return Duration.ofSeconds(seconds);
        }
    }

    record CaptureBody(
            @Schema(description = "What the work did cost; all that is held if left out")
                    @Nullable Long amount) {}

    record HoldView(
            UUID id,
            @Schema(description = "held, captured or released", example = "held") String status,
            @Schema(example = "20") long amount,
            @Schema(example = "0") long captured,
            @Schema(example = "1980") long available) {
        static HoldView of(Outcome.Done done) {
            Hold hold = done.holdOrThrow();
            return new HoldView(
                    hold.id(),
                    hold.status().key(),
                    hold.amount(),
                    hold.captured(),
                    done.available());
        }
    }

    @Operation(
            summary = "Hold credits",
            description =
                    "Before the work: 402 `insufficient_credits` where too few are available, and"
                            + " then do not begin it.")
    @PostMapping("/")
    @ResponseStatus(HttpStatus.CREATED)
    Answer<HoldView> hold(@RequestBody HoldBody body, @Parameter(hidden = true) LedgerKey key) {
        Change.Maker worker = Workers.current();
        Spending spending = body.spending();
        return Answer.of(
                HoldView.of(
                        desk.post(
                                new Change.Reservation(
                                        worker,
                                        spending.purpose(),
                                        spending.credits(),
                                        body.deadline(),
                                        key.value()))));
    }

    @Operation(
            summary = "Capture a hold",
            description =
                    "After the work: takes what it did cost and gives the rest back. It may be more"
                            + " than was held as far as that is available, and left in the budgets."
                            + " Capturing the same amount again is answered as before, with a key or"
                            + " without; 409 `hold_settled` where it was released, or captured for"
                            + " another amount.")
    @PostMapping("/{id}/capture/")
    Answer<HoldView> capture(
            @PathVariable UUID id,
            @RequestBody(required = false) @Nullable CaptureBody body,
            @Parameter(hidden = true) LedgerKey key) {
        Change.Maker worker = Workers.current();
        Long amount = body == null ? null : body.amount();
        return Answer.of(
                HoldView.of(desk.post(new Change.Capture(worker, id, amount, null, key.value()))));
    }

    @Operation(
            summary = "Release a hold",
            description =
                    "After work that failed: gives all of it back. Releasing it again is answered as"
                            + " before; 409 `hold_settled` where it was captured.")
    @PostMapping("/{id}/release/")
    Answer<HoldView> release(@PathVariable UUID id, @Parameter(hidden = true) LedgerKey key) {
        return Answer.of(
                HoldView.of(
                        desk.post(new Change.Release(Workers.current(), id, false, key.value()))));
    }
}
