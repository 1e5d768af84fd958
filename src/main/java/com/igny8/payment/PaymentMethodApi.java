package com.igny8.payment;

import com.igny8.http.Answer;
import com.igny8.http.Listing;
import com.igny8.kernel.Problem;
import com.igny8.tenancy.Role;
import com.igny8.tenancy.Tenancy;
import com.igny8.tenancy.Ungated;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

import java.net.URI;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/** How the account pays. */
@Tag(name = "Payments")
@RestController
@RequestMapping("/api/v1/billing/payment-methods")
@Ungated(Ungated.To.OWNER_OF_SUSPENDED)
class PaymentMethodApi {
    private final PaymentMethods methods;
    private final PaymentChoices choices;

    PaymentMethodApi(PaymentMethods methods, PaymentChoices choices) {
        this.methods = methods;
        this.choices = choices;
    }

    record MethodView(
            UUID id,
            @Schema(example = "stripe") String type,
            boolean isDefault,
            @Schema(description = "Whether renewals are charged to it") boolean isCharged,
            @Schema(
                            example =
                                    "{\"brand\": \"visa\", \"last4\": \"4242\", \"expires\": \"08/2031\"}")
                    Map<String, String> details,
            Instant createdAt) {
        static MethodView of(PaymentMethod method) {
            return new MethodView(
                    method.id(),
                    method.type().key(),
                    method.isDefault(),
                    method.methodReference() != null,
                    method.details(),
                    method.createdAt());
        }
    }

    record NewMethodBody(@Schema(example = "stripe") String type) {}

    record NewMethodView(
            @Schema(
                            description =
                                    "Where to send the customer, who leaves a card or account there;"
                                            + " null for a bank transfer")
                    @Nullable URI url) {}

    record DefaultBody(@Schema(example = "true") boolean isDefault) {}

    @Operation(summary = "Payment methods", description = "Needs the role admin.")
    @GetMapping("/")
    Listing<MethodView> all() {
        Tenancy.caller().require(Role.ADMIN);
        return Listing.ofAll(methods.all().stream().map(MethodView::of).toList());
    }

    @Operation(
            summary = "Add a payment method",
            description =
                    "For `stripe` and `paypal`, opens a page of theirs on which the customer leaves"
                            + " a card or an account; `bank_transfer` becomes the default at once."
                            + " 409 `provider_not_configured` where it is not set up. Needs the role"
                            + " owner.")
    @PostMapping("/")
    Answer<NewMethodView> add(@RequestBody NewMethodBody body) {
        return Answer.of(
                new NewMethodView(choices.add(PaymentType.require(body.type())).orElse(null)));
    }

    @Operation(
            summary = "Pay by this method",
            description = "Makes it the default, for renewals. Needs the role owner.")
    @PatchMapping("/{id}/")
    Answer<MethodView> makeDefault(@PathVariable UUID id, @RequestBody DefaultBody body) {
        if (!body.isDefault()) {
            throw Problem.invalid("is_default", "Make another one the default instead");
        }
        return Answer.of(MethodView.of(methods.makeDefault(id)));
    }

    @Operation(
            summary = "Remove a payment method",
            description =
                    "The provider forgets it too. 409 `payment_method_is_default` for the default"
                            + " where there are others. Needs the role owner.")
    @DeleteMapping("/{id}/")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void remove(@PathVariable UUID id) {
        choices.remove(id);
    }
}
