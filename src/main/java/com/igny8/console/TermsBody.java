package com.igny8.console;

import com.igny8.catalog.Feature;
import com.igny8.catalog.PlanTerms;
import com.igny8.kernel.Problem;

import io.swagger.v3.oas.annotations.media.Schema;

import jakarta.validation.constraints.NotNull;

import org.jspecify.annotations.Nullable;

import java.util.List;

/** The terms of a plan as programs read and write them. */
record TermsBody(
        @NotNull @Schema(example = "USD") String currency,
        @NotNull @Schema(description = "In minor units", example = "13900") Long monthlyPriceMinor,
        @Nullable @Schema(description = "For twelve months at once", example = "139000")
                Long annualPriceMinor,
        @NotNull @Schema(example = "2000") Long includedCredits,
        @Nullable @Schema(description = "Once, not each month; false if left out")
                Boolean creditsOnce,
        @Nullable
                @Schema(
                        description =
                                "What is left of a month is there in the next one too; false if"
                                        + " left out")
                Boolean creditsRollOver,
        @NotNull @Schema(description = "0 means unlimited, as in all limits", example = "3")
                Integer maxSites,
        @NotNull @Schema(example = "3") Integer maxUsers,
        @NotNull @Schema(example = "5") Integer maxSectorsPerSite,
        @Nullable @Schema(description = "Only of a plan without a price") Integer trialDays,
        @NotNull @Schema(example = "[\"ai_writer\", \"image_gen\"]") List<String> features,
        @Nullable
                @Schema(
                        description =
                                "What an account may ask a minute; as everybody if left out,"
                                        + " unlimited if 0")
                Integer readsPerMinute,
        @Nullable Integer writesPerMinute,
        @Nullable Integer aiPerMinute) {

    static TermsBody of(PlanTerms terms) {
        return new TermsBody(
                terms.currency(),
                terms.monthlyPriceMinor(),
                terms.annualPriceMinor(),
                terms.includedCredits(),
                terms.creditsOnce(),
                terms.creditsRollOver(),
                terms.maxSites(),
                terms.maxUsers(),
                terms.maxSectorsPerSite(),
                terms.trialDays(),
                terms.features().stream().map(Feature::key).toList(),
                terms.readsPerMinute(),
                terms.writesPerMinute(),
                terms.aiPerMinute());
    }

    PlanTerms terms() {
        return new PlanTerms(
                currency,
                monthlyPriceMinor,
                annualPriceMinor,
                includedCredits,
                Boolean.TRUE.equals(creditsOnce),
                Boolean.TRUE.equals(creditsRollOver),
                maxSites,
                maxUsers,
                maxSectorsPerSite,
                trialDays,
                features.stream().map(TermsBody::feature).toList(),
                readsPerMinute,
                writesPerMinute,
                aiPerMinute);
    }

    static Feature feature(String key) {
        return Feature.find(key)
                .orElseThrow(
                        () ->
                                Problem.invalid(
                                        "features", "There is no feature “%s”".formatted(key)));
    }
}
