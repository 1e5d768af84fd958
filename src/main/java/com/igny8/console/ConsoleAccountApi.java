package com.igny8.console;

import com.igny8.account.Account;
import com.igny8.account.SeatHolder;
import com.igny8.billing.SubscriptionView;
import com.igny8.catalog.Plan;
import com.igny8.credit.BalanceView;
import com.igny8.http.Answer;
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
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** One account in the operator's console, for programs. */
@Tag(name = "Console")
@RestController
@RequestMapping("/api/v1/console/accounts/{id}")
@Ungated(Ungated.To.EVERYBODY)
class ConsoleAccountApi {
    private final AccountActions actions;

    ConsoleAccountApi(AccountActions actions) {
        this.actions = actions;
    }

    record SeatHolderView(String email, String name, String role, Instant since) {
        static SeatHolderView of(SeatHolder seat) {
            return new SeatHolderView(seat.email(), seat.name(), seat.role().key(), seat.since());
        }
    }

    record AccountFile(
            UUID id,
            String name,
            String slug,
            @Schema(example = "active") String status,
            String contactEmail,
            @Nullable Instant trialEndsAt,
            Instant createdAt,
            SubscriptionView.@Nullable PlanName plan,
            BalanceView credits,
            List<SeatHolderView> members,
            @Nullable @Schema(description = "Its own time, where it has a test clock")
                    Instant testTime) {
        static AccountFile of(AccountActions.Facts facts) {
            Account account = facts.account();
            Plan plan = facts.plan();
            return new AccountFile(
                    account.id(),
                    account.name(),
                    account.slug(),
                    account.status().key(),
                    account.contactEmail(),
                    account.trialEndsAt(),
                    account.createdAt(),
                    plan == null ? null : SubscriptionView.PlanName.of(plan),
                    BalanceView.of(facts.balance()),
                    facts.seats().stream().map(SeatHolderView::of).toList(),
                    facts.testTime());
        }
    }

    record SuspendBody(
            @NotNull @Schema(example = "Unpaid since March; told twice") String reason) {}

    record CreditsBody(
            @NotNull @Schema(description = "Credits to give, or below 0 to take", example = "500")
                    Long amount,
            @NotNull @Schema(example = "Import failed three times on our side") String reason) {}

    record RefundBody(
            @NotNull @Schema(description = "The number of a deduction", example = "12") Long entry,
            @Nullable
                    @Schema(description = "All that was not given back if left out", example = "5")
                    Long amount,
            @NotNull @Schema(example = "The picture was blank") String reason) {}

    @Operation(
            summary = "An account",
            description =
                    "For operators: how it stands, and who is in it. The look is written down in"
                            + " its audit log, once an hour.")
    @GetMapping("/")
    Answer<AccountFile> account(@PathVariable UUID id) {
        return Answer.of(AccountFile.of(actions.open(id)));
    }

    @Operation(
            summary = "Suspend an account",
            description =
                    "For operators. At once: its sessions, tokens and keys are refused, its jobs"
                            + " and event streams end. Its owner still sees billing.")
    @PostMapping("/suspend/")
    Answer<AccountFile> suspend(@PathVariable UUID id, @Valid @RequestBody SuspendBody body) {
        actions.suspend(id, new Reason(body.reason()));
        return Answer.of(AccountFile.of(actions.facts(id)), "The account is suspended");
    }

    @Operation(
            summary = "Reinstate an account",
            description = "For operators: a suspended account is active again at once.")
    @PostMapping("/reinstate/")
    Answer<AccountFile> reinstate(@PathVariable UUID id) {
        actions.reinstate(id);
        return Answer.of(AccountFile.of(actions.facts(id)), "The account is active again");
    }

    @Operation(
            summary = "Adjust credits",
            description =
                    "For operators: gives credits that do not expire, or takes some; 402 where"
                            + " fewer are available. An entry of the type `adjustment` with the"
                            + " reason.")
    @PostMapping("/credits/")
    Answer<BalanceView> adjustCredits(
            @PathVariable UUID id,
            @Valid @RequestBody CreditsBody body,
            @Parameter(hidden = true) IdempotencyKey key) {
        return Answer.of(
                BalanceView.of(
                        actions.adjustCredits(id, body.amount(), new Reason(body.reason()), key)));
    }

    @Operation(
            summary = "Refund a deduction",
            description =
                    "For operators: gives back what an entry took, or a part of it, as credits that"
                            + " do not expire; 409 where that much was not taken, or was given back"
                            + " before.")
    @PostMapping("/credits/refunds/")
    Answer<BalanceView> refundCredits(
            @PathVariable UUID id,
            @Valid @RequestBody RefundBody body,
            @Parameter(hidden = true) IdempotencyKey key) {
        var refund =
                new AccountActions.Refund(body.entry(), body.amount(), new Reason(body.reason()));
        return Answer.of(BalanceView.of(actions.refundCredits(id, refund, key)));
    }
}
