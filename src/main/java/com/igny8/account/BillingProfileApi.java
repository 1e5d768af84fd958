package com.igny8.account;

import com.igny8.http.Answer;
import com.igny8.http.Tagged;
import com.igny8.kernel.IfMatch;
import com.igny8.tenancy.Ungated;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;

import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

import java.util.LinkedHashMap;
import java.util.Map;

/** Who the account's invoices name, for programs. */
@Tag(name = "Billing")
@RestController
@RequestMapping("/api/v1/billing/profile")
class BillingProfileApi {
    private final BillingProfile profile;

    BillingProfileApi(BillingProfile profile) {
        this.profile = profile;
    }

    record ProfileView(
            @Schema(description = "Where bills go: the contact of the account") String email,
            @Nullable
                    @Schema(
                            description = "The name of the account where there is none",
                            example = "Analytical Engines Ltd")
                    String legalName,
            @Nullable @Schema(example = "12 St James's Square") String addressLine1,
            @Nullable String addressLine2,
            @Nullable @Schema(example = "London") String city,
            @Nullable String region,
            @Nullable @Schema(example = "SW1Y 4JH") String postalCode,
            @Nullable @Schema(description = "Two letters of ISO 3166", example = "GB")
                    String country,
            @Nullable @Schema(example = "GB123456789") String taxId) {
        static ProfileView of(BillingDetails details) {
            return new ProfileView(
                    details.email(),
                    details.legalName(),
                    details.addressLine1(),
                    details.addressLine2(),
                    details.city(),
                    details.region(),
                    details.postalCode(),
                    details.country(),
                    details.taxId());
        }
    }

    record ProfileBody(
            @Nullable @Schema(example = "Analytical Engines GmbH") String legalName,
            @Nullable @Schema(example = "Unter den Linden 1") String addressLine1,
            @Nullable String addressLine2,
            @Nullable @Schema(example = "Berlin") String city,
            @Nullable String region,
            @Nullable @Schema(example = "10117") String postalCode,
            @Nullable @Schema(example = "DE") String country,
            @Nullable
                    @Schema(
                            description = "In the EU a VAT id, checked for its form",
                            example = "DE123456789")
                    String taxId) {
        Map<String, String> sent() {
            @Nullable String[] all = {
                legalName, addressLine1, addressLine2, city, region, postalCode, country, taxId
            };
            Map<String, String> sent = new LinkedHashMap<>();
            for (int field = 0; field < all.length; field++) {
                String value = all[field];
                if (value != null) {
                    sent.put(BillingDetails.FIELDS[field], value);
                }
            }
            return sent;
        }
    }

    @Operation(
            summary = "Billing profile",
            description = "What the next invoices will say of you. Needs the role admin.")
    @Ungated(Ungated.To.OWNER_OF_SUSPENDED)
    @GetMapping("/")
    ResponseEntity<Answer<ProfileView>> profile() {
        BillingDetails details = profile.details();
        return Tagged.of(details, ProfileView.of(details));
    }

    @Operation(
            summary = "Change the billing profile",
            description =
                    "Only the fields that are sent; an empty text takes one away. Invoices that are"
                            + " issued already stay as they are. Needs the role admin.")
    @PatchMapping("/")
    ResponseEntity<Answer<ProfileView>> change(@RequestBody ProfileBody body, IfMatch ifMatch) {
        BillingDetails details = profile.change(body.sent(), ifMatch);
        return Tagged.of(details, ProfileView.of(details));
    }
}
