package com.igny8.credit;

import com.igny8.http.Listing;
import com.igny8.tenancy.Role;
import com.igny8.tenancy.Tenancy;
import com.igny8.tenancy.Ungated;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;

import org.jspecify.annotations.Nullable;
import org.springframework.format.annotation.DateTimeFormat;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

import java.time.LocalDate;

/** What credits were used for. */
@Tag(name = "Credits")
@RestController
@Ungated(Ungated.To.OWNER_OF_SUSPENDED)
class UsageApi {
    private final Usage usage;

    UsageApi(Usage usage) {
        this.usage = usage;
    }

    @Operation(
            summary = "Usage",
            description =
                    "Credits used, less refunds, by `day`, `operation`, `site` or `member`; of the"
                            + " last 30 days unless told otherwise. Needs the role admin.")
    @GetMapping("/api/v1/billing/credits/usage/")
    Listing<Usage.Part> usage(
            @Parameter(description = "day, operation, site or member", example = "day")
                    @RequestParam(defaultValue = "day")
                    String by,
            @Parameter(description = "First day, UTC", example = "2026-11-01")
                    @RequestParam(required = false)
                    @DateTimeFormat(iso = DateTimeFormat.ISO.DATE)
                    @Nullable LocalDate from,
            @Parameter(description = "Last day, UTC", example = "2026-11-30")
                    @RequestParam(required = false)
                    @DateTimeFormat(iso = DateTimeFormat.ISO.DATE)
                    @Nullable LocalDate to) {
        Tenancy.caller().require(Role.ADMIN);
        return Listing.ofAll(usage.by(Usage.By.of(by), usage.days(from, to)));
    }
}
