package com.igny8.payment;

import com.igny8.http.Answer;
import com.igny8.http.Listing;
import com.igny8.kernel.PageRequest;
import com.igny8.tenancy.Ungated;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;

import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

import java.net.URI;
import java.util.UUID;

/** What the account paid, and paying on a provider's page. */
@Tag(name = "Payments")
@RestController
@RequestMapping("/api/v1/billing")
@Ungated(Ungated.To.OWNER_OF_SUSPENDED)
class PaymentApi {
    private final PaymentSearch payments;
    private final Checkouts checkouts;

    PaymentApi(PaymentSearch payments, Checkouts checkouts) {
        this.payments = payments;
        this.checkouts = checkouts;
    }

    record CheckoutBody(@Schema(example = "stripe") String paymentMethod) {}

    record CheckoutView(@Schema(description = "Where to send the customer") URI url) {}

    @Operation(
            summary = "Payments",
            description =
                    "Youngest first; `status` (of a payment, or `disputed`) and `provider` (a way to"
                            + " pay, or `balance`) narrow the list. Needs the role admin.")
    @GetMapping("/payments/")
    Listing<ListedPayment> payments(
            @RequestParam(required = false) @Nullable String status,
            @RequestParam(required = false) @Nullable String provider,
            PageRequest page) {
        return Listing.of(
                payments.own(new PaymentSearch.Filter(status, provider), page), ListedPayment::of);
    }

    @Operation(
            summary = "Pay an invoice",
            description =
                    "Opens a page of Stripe's or PayPal's on which what is due is paid. How it is"
                            + " paid is kept there for renewals. 409 `provider_not_configured`"
                            + " where the provider is not set up yet, `invoice_not_open` where"
                            + " nothing is due. Needs the role owner.")
    @PostMapping("/invoices/{id}/checkout/")
    Answer<CheckoutView> checkout(@PathVariable UUID id, @RequestBody CheckoutBody body) {
        return Answer.of(
                new CheckoutView(checkouts.pay(id, PaymentType.require(body.paymentMethod()))));
    }
}
