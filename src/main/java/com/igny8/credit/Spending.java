package com.igny8.credit;

import com.igny8.kernel.FieldErrors;
import com.igny8.kernel.PlainText;
import com.igny8.kernel.Problem;
import com.igny8.tenancy.Tenancy;

import io.swagger.v3.oas.annotations.media.Schema;

import org.jspecify.annotations.Nullable;

import java.util.Objects;
import java.util.UUID;

/** What a worker says of credits it wants to use: one shape, wherever it says so. */
@Schema(name = "Spending")
record Spending(
        @Schema(description = "Whole credits, more than 0", example = "5") @Nullable Long amount,
        @Schema(description = "What kind of work", example = "image_generation")
                @Nullable String operation,
        @Schema(description = "What it is for, in your own words or numbers", example = "image:77")
                @Nullable String reference,
        @Schema(description = "The site it is for") @Nullable UUID site) {
    static final int MAX_OPERATION_LENGTH = 60;
    static final int MAX_REFERENCE_LENGTH = 200;

    /** What it is for, once everything is found to be right; 400 that names what is not. */
    Change.Purpose purpose() {
        String text = Objects.requireNonNullElse(reference, "");
        new FieldErrors()
                .require(amount != null, "amount", "Must be given")
                .require(amount == null || amount > 0, "amount", "Must be more than 0")
                .require(!text.isBlank(), "reference", "Must be given")
                .require(
                        PlainText.is(text, MAX_REFERENCE_LENGTH),
                        "reference",
                        "Must have at most " + MAX_REFERENCE_LENGTH + " plain characters")
                .require(
                        operation == null || PlainText.isFilled(operation, MAX_OPERATION_LENGTH),
                        "operation",
                        "Must have 1 to " + MAX_OPERATION_LENGTH + " plain characters")
                .throwIfAny();
        // What an API key does is for its site, said or not
        UUID siteId = site == null ? Tenancy.caller().onlySiteId() : site;
        return new Change.Purpose(operation, text, operation == null ? text : operation, siteId);
    }

    long credits() {
        if (amount == null) {
            throw Problem.invalid("amount", "Must be given");
        }
        return amount;
    }
}
