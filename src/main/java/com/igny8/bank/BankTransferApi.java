package com.igny8.bank;

import com.igny8.http.Answer;
import com.igny8.tenancy.Idempotency;
import com.igny8.tenancy.IdempotencyKey;
import com.igny8.tenancy.Ungated;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;

import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

import java.util.Optional;
import java.util.UUID;

/** Bank transfers that arrived, for operators. */
@Tag(name = "Billing")
@RestController
@Ungated(Ungated.To.EVERYBODY)
class BankTransferApi {
    private final BankTransferConfirmations confirmations;
    private final Idempotency idempotency;

    BankTransferApi(BankTransferConfirmations confirmations, Idempotency idempotency) {
        this.confirmations = confirmations;
        this.idempotency = idempotency;
    }

    record ArrivalBody(
            @Nullable @Schema(description = "Or subscription_id") UUID accountId,
            @Nullable UUID subscriptionId,
            @Nullable @Schema(description = "The invoice it is for; found if left out")
                    UUID invoiceId,
            @NotNull
                    @Schema(
                            description = "How the bank calls it: the same again has no effect",
                            example = "BANK-2026-0042")
                    String externalPaymentId,
            @NotNull @Schema(description = "In major units", example = "139.00") String amount,
            @NotNull @Schema(example = "Analytical Engines Ltd") String payerName,
            @Nullable @Schema(example = "https://files.example/proof.pdf") String proofUrl,
            @Nullable
                    @Schema(
                            description = "1 if left out",
                            minimum = "1",
                            maximum = "24",
                            example = "1")
                    Integer periodMonths,
            @Nullable @Schema(description = "Whether less than what is due will do for now")
                    Boolean acceptPartial) {
        BankTransferArrival arrival() {
            return new BankTransferArrival(
                    accountId,
                    subscriptionId,
                    invoiceId,
                    externalPaymentId,
                    amount,
                    payerName,
                    proofUrl,
                    Optional.ofNullable(periodMonths).orElse(1),
                    Boolean.TRUE.equals(acceptPartial));
        }
    }

    @Operation(
            summary = "Confirm a bank transfer",
            description =
                    "For operators: pays the open invoice, or months ahead; activates the"
                            + " subscription and the account, extends the period and adds the"
                            + " plan's credits. 409 `amount_mismatch` where less came in than is"
                            + " due; what is more becomes the customer's balance. The same"
                            + " `external_payment_id` again gets the same answer and has no effect.")
    @PostMapping("/api/v1/billing/confirm-bank-transfer/")
    Answer<BankTransferConfirmed> confirm(
            @Valid @RequestBody ArrivalBody body, @Parameter(hidden = true) IdempotencyKey key) {
        return Answer.of(
                idempotency.onceAnonymously(
                        key,
                        BankTransferConfirmed.class,
                        () -> confirmations.confirm(body.arrival())));
    }
}
