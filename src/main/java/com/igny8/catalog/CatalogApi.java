package com.igny8.catalog;

import com.igny8.http.Listing;
import com.igny8.tenancy.Scoped;
import com.igny8.tenancy.Ungated;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;

import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import java.util.List;

/** The catalogue, for everybody. */
@Tag(name = "Catalogue")
@RestController
@Ungated(Ungated.To.EVERYBODY)
@Scoped
class CatalogApi {
    private final Plans plans;
    private final CreditPacks packs;
    private final Industries industries;

    CatalogApi(Plans plans, CreditPacks packs, Industries industries) {
        this.plans = plans;
        this.packs = packs;
        this.industries = industries;
    }

    record FeatureView(
            @Schema(example = "auto_publish") String key,
            @Schema(example = "Automatic publishing") String name,
            @Schema(example = "Approved articles go out on their date") String description) {
        static FeatureView of(Feature feature) {
            return new FeatureView(feature.key(), feature.label(), feature.explanation());
        }
    }

    record PlanView(
            @Schema(example = "growth") String slug,
            @Schema(example = "Growth") String name,
            @Schema(example = "USD") String currency,
            @Schema(example = "13900") long monthlyPriceMinor,
            @Schema(description = "For twelve months at once; null where that is not offered")
                    @Nullable Long annualPriceMinor,
            @Schema(example = "2000") long includedCredits,
            @Schema(description = "Once, not each month") boolean creditsOnce,
            @Schema(description = "What is left of a month is there in the next one too")
                    boolean creditsRollOver,
            @Nullable Integer trialDays,
            @Schema(example = "3") int maxSites,
            @Schema(example = "3") int maxUsers,
            @Schema(example = "5") int maxSectorsPerSite,
            @Schema(example = "[\"ai_writer\"]") List<String> features,
            List<FeatureView> featureDetails,
            @Schema(description = "The limits in words", example = "[\"3 sites\", \"3 users\"]")
                    List<String> limitsInWords) {
        static PlanView of(Plan plan) {
            PlanTerms terms = plan.terms();
            return new PlanView(
                    plan.slug(),
                    plan.name(),
                    terms.currency(),
                    terms.monthlyPriceMinor(),
                    terms.annualPriceMinor(),
                    terms.includedCredits(),
                    terms.creditsOnce(),
                    terms.creditsRollOver(),
                    terms.trialDays(),
                    terms.maxSites(),
                    terms.maxUsers(),
                    terms.maxSectorsPerSite(),
                    terms.features().stream().map(Feature::key).toList(),
                    terms.features().stream().map(FeatureView::of).toList(),
                    terms.limitsInWords());
        }
    }

    @Operation(summary = "Plans on offer", description = "In limits, 0 means unlimited.")
    @GetMapping("/api/v1/auth/plans/")
    Listing<PlanView> plans() {
        return Listing.ofAll(plans.onOffer().stream().map(PlanView::of).toList());
    }

    record CreditPackView(
            @Schema(example = "credits-2000") String slug,
            @Schema(example = "2,000 credits") String name,
            @Schema(example = "2000") long credits,
            @Schema(example = "USD") String currency,
            @Schema(example = "9900") long priceMinor,
            @Schema(description = "Calendar months from the purchase", example = "12")
                    int validMonths) {
        static CreditPackView of(CreditPack pack) {
            return new CreditPackView(
                    pack.slug(),
                    pack.name(),
                    pack.credits(),
                    pack.price().currency(),
                    pack.price().minor(),
                    pack.validMonths());
        }
    }

    @Operation(
            summary = "Packs of credits on offer",
            description = "Credits beside the plan's, which outlive the month.")
    @GetMapping("/api/v1/billing/credit-packs/")
    Listing<CreditPackView> creditPacks() {
        return Listing.ofAll(packs.onOffer().stream().map(CreditPackView::of).toList());
    }

    @Operation(summary = "Industries and their sectors")
    @GetMapping("/api/v1/auth/industries/")
    Listing<Industry> industries() {
        return Listing.ofAll(industries.all());
    }
}
