package com.igny8.credit;

import com.igny8.http.Answer;
import com.igny8.http.Listing;
import com.igny8.tenancy.Role;
import com.igny8.tenancy.Tenancy;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

import java.time.LocalDate;
import java.util.UUID;

/** Monthly budgets of members and sites, and the warning of a low balance. */
@Tag(name = "Credits")
@RestController
@RequestMapping("/api/v1/billing/credits")
class BudgetApi {
    private final Budgets budgets;

    BudgetApi(Budgets budgets) {
        this.budgets = budgets;
    }

    record BudgetBody(
            @Schema(description = "Either a user …") @Nullable UUID user,
            @Schema(description = "… or a site") @Nullable UUID site,
            @Schema(example = "500") @Nullable Long monthlyLimit) {}

    record BudgetView(
            UUID id,
            @Nullable UUID user,
            @Nullable UUID site,
            long monthlyLimit,
            @Schema(description = "This month, with what is on hold") long used) {
        static BudgetView of(Budget budget, LocalDate month) {
            return new BudgetView(
                    budget.id(),
                    budget.userId(),
                    budget.siteId(),
                    budget.monthlyLimit(),
                    budget.usedIn(month));
        }
    }

    record AlertBody(
            @Schema(description = "Null for no letter", example = "100") @Nullable Long below) {}

    @Operation(summary = "Monthly budgets", description = "Needs the role admin.")
    @GetMapping("/budgets/")
    Listing<BudgetView> budgets() {
        LocalDate month = budgets.month();
        return Listing.ofAll(
                budgets.all().stream().map(budget -> BudgetView.of(budget, month)).toList());
    }

    @Operation(
            summary = "Set a monthly budget",
            description =
                    "Of a member or of a site, instead of the one there was. What would go over it"
                            + " is refused with 403 `budget_exceeded`. Needs the role admin.")
    @PostMapping("/budgets/")
    @ResponseStatus(HttpStatus.CREATED)
    Answer<BudgetView> set(@RequestBody BudgetBody body) {
        return Answer.of(
                BudgetView.of(
                        budgets.set(body.user(), body.site(), body.monthlyLimit()),
                        budgets.month()));
    }

    @Operation(summary = "Remove a monthly budget", description = "Needs the role admin.")
    @DeleteMapping("/budgets/{id}/")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void remove(@PathVariable UUID id) {
        budgets.remove(id);
    }

    @Operation(summary = "When a low balance is warned of", description = "Needs the role admin.")
    @GetMapping("/alert/")
    Answer<AlertBody> alert() {
        Tenancy.caller().require(Role.ADMIN);
        return Answer.of(new AlertBody(budgets.alertBelow().orElse(null)));
    }

    @Operation(
            summary = "Set when a low balance is warned of",
            description =
                    "The owner gets a letter each time the balance goes below it. Needs the role"
                            + " admin.")
    @PutMapping("/alert/")
    Answer<AlertBody> setAlert(@RequestBody AlertBody body) {
        budgets.alertBelow(body.below());
        return Answer.of(body);
    }
}
