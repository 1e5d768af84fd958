package com.igny8.console;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.igny8.http.Answer;
import com.igny8.http.Listing;
import com.igny8.kernel.PageRequest;
import com.igny8.payment.ListedPayment;
import com.igny8.payment.PaymentOptions;
import com.igny8.payment.PaymentSearch;
import com.igny8.payment.PaymentType;
import com.igny8.tenancy.IdempotencyKey;
import com.igny8.tenancy.Ungated;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;

import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

import java.util.UUID;

/** Customers' payments and the ways to pay, for the programs of operators. */
@Tag(name = "Console")
@RestController
@RequestMapping("/api/v1/console")
@Ungated(Ungated.To.EVERYBODY)
class ConsolePaymentApi {
    private final PaymentSearch payments;
    private final PaymentActions actions;
    private final PaymentOptions options;

    ConsolePaymentApi(PaymentSearch payments, PaymentActions actions, PaymentOptions options) {
        this.payments = payments;
        this.actions = actions;
        this.options = options;
    }

    record PaymentOfAccount(
            UUID account,
            @Schema(example = "Analytical Engines") String accountName,
            @JsonUnwrapped ListedPayment payment) {
        static PaymentOfAccount of(PaymentSearch.Found found) {
            return new PaymentOfAccount(
                    found.payment().accountId(), found.accountName(), ListedPayment.of(found));
        }
    }

    record PaymentRefundBody(
            @Nullable @Schema(description = "All that is left if left out", example = "39.00")
                    String amount,
            @NotNull @Schema(example = "Cancelled on the first day") String reason) {}

    record OptionView(
            @Schema(example = "stripe") String type,
            boolean isOn,
            @Schema(description = "Whether its keys are set") boolean isConfigured) {
        static OptionView of(PaymentOptions.Option option) {
            return new OptionView(option.type().key(), option.isOn(), option.isConfigured());
        }
    }

    record OptionBody(@Schema(example = "true") boolean isOn) {}

    @Operation(
            summary = "Payments of all accounts",
            description =
                    "For operators, youngest first. `status` is one of a payment, or `disputed`,"
                            + " `provider` a way to pay, or `balance`; `search` looks at account, invoice number, reference and payer.")
    @GetMapping("/payments/")
    Listing<PaymentOfAccount> payments(
            @RequestParam(required = false) @Nullable String status,
            @RequestParam(required = false) @Nullable String provider,
            PageRequest page) {
        return Listing.of(
                payments.all(new PaymentSearch.Filter(status, provider), page),
                PaymentOfAccount::of);
    }

    @Operation(
            summary = "Refund a payment",
            description =
                    "For operators: sends it back the way it came, or a part of it. What came by"
                            + " bank transfer is only written down: send it at the bank. What its"
                            + " invoice loses is answered by a credit note. 409"
                            + " `payment_not_refundable` where nothing is left, `balance_used`"
                            + " with `refundable` where what was paid too much became balance"
                            + " and was used; 503 where the"
                            + " provider does not answer: it is asked again until it does.")
    @PostMapping("/payments/{id}/refund/")
    Answer<PaymentOfAccount> refund(
            @PathVariable UUID id,
            @Valid @RequestBody PaymentRefundBody body,
            @Parameter(hidden = true) IdempotencyKey key) {
        return Answer.of(
                PaymentOfAccount.of(
                        actions.refund(id, body.amount(), new Reason(body.reason()), key)));
    }

    @Operation(summary = "Ways to pay", description = "For operators.")
    @GetMapping("/payment-options/")
    Listing<OptionView> options() {
        return Listing.ofAll(options.all().stream().map(OptionView::of).toList());
    }

    @Operation(
            summary = "Turn a way to pay on or off",
            description = "For operators. What is kept of customers is charged all the same.")
    @PatchMapping("/payment-options/{type}/")
    Answer<OptionView> turn(@PathVariable String type, @RequestBody OptionBody body) {
        return Answer.of(OptionView.of(options.turn(PaymentType.require(type), body.isOn())));
    }
}
