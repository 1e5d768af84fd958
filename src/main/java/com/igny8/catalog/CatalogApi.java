package com.igny8.catalog;

import com.igny8.http.Listing;
import com.igny8.tenancy.Scoped;
import com.igny8.tenancy.Ungated;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;

import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

import java.util.List;

/** The catalogue, for everybody. */
@Tag(name = "Catalogue")
@RestController
@RequestMapping("/api/v1/auth")
@Ungated(Ungated.To.EVERYBODY)
@Scoped
class CatalogApi {
    private final Plans plans;
    private final Industries industries;

    CatalogApi(Plans plans, Industries industries) {
        this.plans = plans;
        this.industries = industries;
    }

    record PlanView(
            String slug,
            String name,
            String currency,
            long monthlyPriceMinor,
            @Nullable Long annualPriceMinor,
            long includedCredits,
            int maxSites,
            int maxUsers,
            int maxSectorsPerSite,
            List<String> features) {
        static PlanView of(Plan plan) {
            return new PlanView(
                    plan.slug(),
                    plan.name(),
                    plan.currency(),
                    plan.monthlyPriceMinor(),
                    plan.annualPriceMinor(),
                    plan.includedCredits(),
                    plan.maxSites(),
                    plan.maxUsers(),
                    plan.maxSectorsPerSite(),
                    plan.features());
        }
    }

    @Operation(summary = "Plans on offer", description = "In limits, 0 means unlimited.")
    @GetMapping("/plans/")
    Listing<PlanView> plans() {
        return Listing.ofAll(plans.onOffer().stream().map(PlanView::of).toList());
    }

    @Operation(summary = "Industries and their sectors")
    @GetMapping("/industries/")
    Listing<Industry> industries() {
        return Listing.ofAll(industries.all());
    }
}
