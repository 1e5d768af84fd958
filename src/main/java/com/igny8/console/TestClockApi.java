package com.igny8.console;

import com.igny8.http.Answer;
import com.igny8.tenancy.Ungated;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;

import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

import java.time.Instant;
import java.util.Objects;
import java.util.UUID;

/** Accounts that live in a time of their own, for programs. */
@Tag(name = "Console")
@RestController
@RequestMapping("/api/v1/console/accounts/{id}/test-clock")
@Ungated(Ungated.To.EVERYBODY)
class TestClockApi {
    private final AccountActions actions;

    TestClockApi(AccountActions actions) {
        this.actions = actions;
    }

    record ClockView(Instant now) {}

    record AdvanceBody(
            @Nullable @Schema(description = "Calendar months", example = "1") Integer months,
            @Nullable @Schema(example = "0") Integer days) {}

    @Operation(
            summary = "Give an account a test clock",
            description =
                    "For operators: from now on it lives in a time of its own, which stands still"
                            + " until it is advanced; for good. 409 where money came in for it.")
    @PostMapping("/")
    Answer<ClockView> give(@PathVariable UUID id) {
        return Answer.of(new ClockView(actions.giveClock(id)));
    }

    @Operation(
            summary = "Advance a test clock",
            description =
                    "For operators: renewals, credits, letters and all else that falls due on the"
                            + " way happen in their order, before the answer.")
    @PostMapping("/advance/")
    Answer<ClockView> advance(@PathVariable UUID id, @RequestBody AdvanceBody body) {
        return Answer.of(
                new ClockView(
                        actions.advanceClock(
                                id,
                                Objects.requireNonNullElse(body.months(), 0),
                                Objects.requireNonNullElse(body.days(), 0))));
    }
}
