package com.igny8.console;

import com.igny8.account.Party;
import com.igny8.http.Answer;
import com.igny8.http.Listing;
import com.igny8.http.Tagged;
import com.igny8.invoice.Seller;
import com.igny8.invoice.Sellers;
import com.igny8.invoice.TaxRate;
import com.igny8.invoice.TaxRates;
import com.igny8.kernel.IfMatch;
import com.igny8.kernel.Problem;
import com.igny8.tenancy.Ungated;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Pattern;

/** Who sells, and with which taxes, for the operator's programs. */
@Tag(name = "Console")
@RestController
@RequestMapping("/api/v1/console")
@Ungated(Ungated.To.EVERYBODY)
class ConsoleSellerApi {
    private static final Pattern PERCENT = Pattern.compile("\\d{1,3}(\\.\\d{1,6})?");

    private final Sellers sellers;
    private final TaxRates taxRates;

    ConsoleSellerApi(Sellers sellers, TaxRates taxRates) {
        this.sellers = sellers;
        this.taxRates = taxRates;
    }

    record SellerBody(
            @NotNull @Schema(example = "IGNY8 Ltd") String name,
            @Nullable @Schema(example = "billing@igny8.example") String email,
            @Nullable @Schema(example = "1 Harbour Street") String addressLine1,
            @Nullable String addressLine2,
            @Nullable @Schema(example = "Dublin") String city,
            @Nullable String region,
            @Nullable @Schema(example = "D02 X285") String postalCode,
            @Nullable @Schema(example = "IE") String country,
            @Nullable @Schema(example = "IE1234567FA") String taxId,
            @NotNull @Schema(description = "What numbers begin with", example = "IGN")
                    String invoicePrefix,
            @NotNull @Schema(description = "From issue to due", example = "7") Integer daysToPay) {
        static SellerBody of(Seller seller) {
            Party party = seller.party();
            return new SellerBody(
                    party.name(),
                    party.email(),
                    party.addressLine1(),
                    party.addressLine2(),
                    party.city(),
                    party.region(),
                    party.postalCode(),
                    party.country(),
                    party.taxId(),
                    seller.invoicePrefix(),
                    seller.daysToPay());
        }

        Seller seller() {
            return new Seller(
                    new Party(
                            name.strip(),
                            said(email),
                            said(addressLine1),
                            said(addressLine2),
                            said(city),
                            said(region),
                            said(postalCode),
                            said(country),
                            said(taxId)),
                    invoicePrefix,
                    daysToPay);
        }

        private static @Nullable String said(@Nullable String text) {
            return text == null || text.isBlank() ? null : text.strip();
        }
    }

    record TaxRateView(
            UUID id,
            @Schema(example = "DE") String country,
            @Schema(example = "VAT") String name,
            @Schema(example = "19") BigDecimal percent,
            @Schema(description = "Whether prices hold it already") boolean isInclusive,
            Instant effectiveFrom,
            @Schema(
                            example = "in_force",
                            allowableValues = {"past", "in_force", "scheduled"})
                    String standing) {
        static TaxRateView of(TaxRate rate) {
            return new TaxRateView(
                    rate.id(),
                    rate.country(),
                    rate.name(),
                    rate.percent(),
                    rate.isInclusive(),
                    rate.effectiveFrom(),
                    rate.standing().name().toLowerCase(Locale.ROOT));
        }
    }

    record TaxRateBody(
            @NotNull @Schema(example = "DE") String country,
            @NotNull @Schema(example = "VAT") String name,
            @NotNull @Schema(description = "As a decimal", example = "19") String percent,
            @NotNull @Schema(description = "Whether prices hold it already", example = "false")
                    Boolean isInclusive,
            @Nullable @Schema(description = "At once if left out", example = "2027-01-01T00:00:00Z")
                    Instant effectiveFrom) {
        TaxRates.NewRate rate() {
            return new TaxRates.NewRate(
                    country, name, ConsoleSellerApi.percent(percent), isInclusive, effectiveFrom);
        }
    }

    static BigDecimal percent(String typed) {
        if (!PERCENT.matcher(typed).matches()) {
            throw Problem.invalid("percent", "Write the percentage as 19 or 8.1");
        }
        return new BigDecimal(typed);
    }

    @Operation(summary = "Who sells", description = "For operators: as invoices name the company.")
    @GetMapping("/seller/")
    ResponseEntity<Answer<SellerBody>> seller() {
        Seller seller = sellers.current();
        return Tagged.of(seller, SellerBody.of(seller));
    }

    @Operation(
            summary = "Say who sells",
            description =
                    "For operators: all of it at once. Invoices that are issued stay as they are;"
                            + " another prefix begins its own numbers.")
    @PutMapping("/seller/")
    ResponseEntity<Answer<SellerBody>> changeSeller(
            @Valid @RequestBody SellerBody body, IfMatch ifMatch) {
        Seller seller = sellers.change(body.seller(), ifMatch);
        return Tagged.of(seller, SellerBody.of(seller));
    }

    @Operation(
            summary = "Tax rates",
            description = "For operators: by country, those in force, before and to come.")
    @GetMapping("/tax-rates/")
    Listing<TaxRateView> taxRates() {
        return Listing.ofAll(taxRates.all().stream().map(TaxRateView::of).toList());
    }

    @Operation(
            summary = "Add a tax rate",
            description = "For operators: of a country, from a moment on that is not past.")
    @PostMapping("/tax-rates/")
    @ResponseStatus(HttpStatus.CREATED)
    Answer<TaxRateView> addTaxRate(@Valid @RequestBody TaxRateBody body) {
        return Answer.of(TaxRateView.of(taxRates.add(body.rate())));
    }

    @Operation(
            summary = "Withdraw a tax rate",
            description = "For operators: one that has not begun; 409 otherwise.")
    @DeleteMapping("/tax-rates/{id}/")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void withdrawTaxRate(@PathVariable UUID id) {
        taxRates.withdraw(id);
    }
}
