package com.igny8.credit;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.igny8.http.Answer;
import com.igny8.http.Throttle;
import com.igny8.http.Throttled;
import com.igny8.kernel.PlainText;
import com.igny8.kernel.Problem;
import com.igny8.tenancy.IdempotencyKey;
import com.igny8.tenancy.LedgerKey;
import com.igny8.tenancy.Scope;
import com.igny8.tenancy.Scoped;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

import java.util.List;
import java.util.UUID;

/** Credits taken at once, one by one or many in one call. */
@Tag(name = "Credits")
@RestController
@Scoped(Scope.CREDITS_WRITE)
@Throttled(Throttle.Scope.CREDITS)
@RequestMapping("/api/v1/billing/credits/deductions")
class DeductionApi {
    static final int MAX_ITEMS = 1_000;

    private final CreditDesk desk;

    DeductionApi(CreditDesk desk) {
        this.desk = desk;
    }

    record DeductionView(
            @Schema(description = "The entry of the ledger", example = "12") long entryId,
            @Schema(example = "1990") long balance,
            @Schema(example = "1980") long available) {}

    record BatchBody(@Nullable List<Item> items) {}

    record Item(
            @Schema(example = "5") @Nullable Long amount,
            @Schema(example = "image_generation") @Nullable String operation,
            @Schema(example = "image:77") @Nullable String reference,
            @Nullable UUID site,
            @Schema(description = "The same again gives the first outcome", example = "image-77")
                    @Nullable String idempotencyKey) {
        Spending spending() {
            return new Spending(amount, operation, reference, site);
        }
    }

    record BatchView(List<ItemView> results) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record ItemView(
            @Schema(description = "succeeded or refused", example = "succeeded") String status,
            @Nullable Long entryId,
            @Schema(description = "Why it was refused") @Nullable String code,
            @Nullable String error,
            @Schema(example = "1990") long balance) {
        static ItemView of(Outcome outcome) {
            return switch (outcome) {
                case Outcome.Done done -> {
                    Entry entry = done.entryOrThrow();
                    yield new ItemView("succeeded", entry.id(), null, null, entry.balanceAfter());
                }
                case Outcome.Refused refused ->
                        new ItemView(
                                "refused",
                                null,
                                refused.problem().code(),
                                refused.problem().sentence(),
                                refused.balance());
            };
        }
    }

    @Operation(
            summary = "Deduct credits",
            description =
                    "Takes credits at once. 402 `insufficient_credits` with `required` and"
                            + " `available` where there are too few; 403 `budget_exceeded` where a"
                            + " monthly budget would be.")
    @PostMapping("/")
    @ResponseStatus(HttpStatus.CREATED)
    Answer<DeductionView> deduct(
            @RequestBody Spending body, @Parameter(hidden = true) LedgerKey key) {
        Change.Maker worker = Workers.current();
        Entry entry = desk.post(deduction(worker, body, key.value())).entryOrThrow();
        return Answer.of(
                new DeductionView(entry.id(), entry.balanceAfter(), entry.availableAfter()));
    }

    @Operation(
            summary = "Deduct many times",
            description =
                    "Up to 1,000 deductions in one call, done in their order, each with an outcome"
                            + " and an idempotency key of its own: 400 where the request has one"
                            + " instead. A refused one has no effect on the others.")
    @PostMapping("/batch/")
    Answer<BatchView> deductMany(
            @RequestBody BatchBody body,
            @Parameter(hidden = true) @RequestHeader(value = "Idempotency-Key", required = false)
                    @Nullable String key) {
        if (key != null) {
            throw Problem.badRequest(
                    "idempotency_key_invalid",
                    "A batch has no Idempotency-Key: give each item an idempotency_key of its own");
        }
        Change.Maker worker = Workers.current();
        List<Item> items = body.items();
        if (items == null || items.isEmpty() || items.size() > MAX_ITEMS) {
            throw Problem.invalid("items", "Must have 1 to " + MAX_ITEMS + " of them");
        }
        List<Change> changes = items.stream().map(item -> change(worker, item)).toList();
        return Answer.of(new BatchView(desk.post(changes).stream().map(ItemView::of).toList()));
    }

    private static Change change(Change.Maker worker, @Nullable Item item) {
        try {
            if (item == null) {
                throw Problem.invalid("items", "Must not be null");
            }
            return deduction(worker, item.spending(), checked(item.idempotencyKey()));
        } catch (Problem problem) {
            return new Change.Invalid(worker, problem);
        }
    }

    private static Change.Deduction deduction(
            Change.Maker worker, Spending spending, @Nullable String key) {
        return new Change.Deduction(worker, spending.purpose(), spending.credits(), key);
    }

    private static @Nullable String checked(@Nullable String key) {
        if (key != null && !PlainText.isFilled(key, IdempotencyKey.MAX_LENGTH)) {
            throw Problem.invalid(
                    "idempotency_key",
                    "Must have 1 to " + IdempotencyKey.MAX_LENGTH + " plain characters");
        }
        return key;
    }
}
