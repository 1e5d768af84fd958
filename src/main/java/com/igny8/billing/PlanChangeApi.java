package com.igny8.billing;

import com.igny8.http.Answer;
import com.igny8.tenancy.Idempotency;
import com.igny8.tenancy.IdempotencyKey;
import com.igny8.tenancy.Ungated;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;

import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

import java.util.UUID;

/** Changing the plan, ending the subscription and buying credits, for programs. */
@Tag(name = "Billing")
@RestController
@RequestMapping("/api/v1/billing")
class PlanChangeApi {
    private final PlanChanges changes;
    private final Cancellation cancellation;
    private final CreditPackOrders packs;
    private final OrderCharges charges;
    private final Idempotency idempotency;

    PlanChangeApi(
            PlanChanges changes,
            Cancellation cancellation,
            CreditPackOrders packs,
            OrderCharges charges,
            Idempotency idempotency) {
        this.changes = changes;
        this.cancellation = cancellation;
        this.packs = packs;
        this.charges = charges;
        this.idempotency = idempotency;
    }

    record PlanBody(
            @NotBlank @Schema(example = "scale") String planSlug,
            @Nullable
                    @Schema(
                            description = "Monthly if absent",
                            allowableValues = {"month", "year"})
                    String billingInterval,
            @Nullable
                    @Schema(
                            description = "Needed where it is not known yet",
                            allowableValues = {"stripe", "paypal", "bank_transfer"})
                    String paymentMethod) {
        PlanChanges.Wanted wanted() {
            return new PlanChanges.Wanted(
                    planSlug, BillingInterval.require(billingInterval), paymentMethod);
        }
    }

    /**
     * What came of a change.
     *
     * @param invoice null where nothing is to be paid now
     */
    record ChangedView(PlanChangeView change, @Nullable OrderedInvoice invoice) {}

    @Operation(
            summary = "Preview a change of plan",
            description =
                    "For the owner: the exact invoice that would result now, and when it would take"
                            + " effect. Changes nothing.")
    @PostMapping("/change-plan/preview/")
    @Ungated(Ungated.To.OWNER_OF_SUSPENDED)
    Answer<PlanChangeView> preview(@Valid @RequestBody PlanBody body) {
        return Answer.of(PlanChangeView.of(changes.preview(body.wanted())));
    }

    @Operation(
            summary = "Change the plan",
            description =
                    "For the owner. A larger plan begins when the difference for the rest of the"
                            + " period is paid; a smaller one at the end of the period, 409"
                            + " `limits_exceeded` where the account has more than it allows. The"
                            + " present plan calls off what was to come.")
    @PostMapping("/change-plan/")
    @Ungated(Ungated.To.OWNER_OF_SUSPENDED)
    Answer<ChangedView> change(
            @Valid @RequestBody PlanBody body, @Parameter(hidden = true) IdempotencyKey key) {
        ChangedView changed =
                idempotency.once(key, ChangedView.class, () -> changed(body.wanted()));
        OrderedInvoice invoice = changed.invoice();
        return Answer.of(
                invoice == null
                        ? changed
                        : new ChangedView(changed.change(), settled(invoice.id())));
    }

    private ChangedView changed(PlanChanges.Wanted wanted) {
        PlanChanges.Done done = changes.change(wanted);
        return new ChangedView(
                PlanChangeView.of(done.change()),
                done.invoice().map(OrderedInvoice::of).orElse(null));
    }

    private OrderedInvoice settled(UUID invoiceId) {
        return OrderedInvoice.of(charges.settle(invoiceId));
    }

    @Operation(
            summary = "Cancel the subscription",
            description =
                    "For the owner: it ends with the period that is paid for, and the account with"
                            + " it; at once where nothing is paid.")
    @PostMapping("/cancel/")
    @Ungated(Ungated.To.OWNER_OF_SUSPENDED)
    Answer<SubscriptionView> cancel() {
        return Answer.of(SubscriptionView.of(cancellation.cancel()));
    }

    @Operation(
            summary = "Resume the subscription",
            description = "For the owner: it goes on after all; 409 where it was not cancelled.")
    @PostMapping("/resume/")
    @Ungated(Ungated.To.OWNER_OF_SUSPENDED)
    Answer<SubscriptionView> resume() {
        return Answer.of(SubscriptionView.of(cancellation.resume()));
    }

    @Operation(
            summary = "Buy a pack of credits",
            description =
                    "For the owner: an invoice; the credits come when it is paid, and are used"
                            + " after those of the month.")
    @PostMapping("/credit-packs/{slug}/buy/")
    Answer<OrderedInvoice> buy(
            @PathVariable String slug, @Parameter(hidden = true) IdempotencyKey key) {
        OrderedInvoice ordered =
                idempotency.once(
                        key, OrderedInvoice.class, () -> OrderedInvoice.of(packs.place(slug)));
        return Answer.of(settled(ordered.id()));
    }
}
