package com.igny8.console;

import com.igny8.account.AccountDeletion;
import com.igny8.account.Accounts;
import com.igny8.http.Answer;
import com.igny8.tenancy.Ungated;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;

import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

import java.util.UUID;

/** Brings back what a customer deleted, for the operator's programs. */
@Tag(name = "Console")
@RestController
@Ungated(Ungated.To.EVERYBODY)
class AccountRestoreApi {
    private final Accounts accounts;
    private final AccountDeletion deletion;

    AccountRestoreApi(Accounts accounts, AccountDeletion deletion) {
        this.accounts = accounts;
        this.deletion = deletion;
    }

    record RestoredView(UUID id, String name, String slug, String status) {}

    @Operation(
            summary = "Restore a deleted account",
            description = "For operators, until its time to be restored is over: 409 then.")
    @PostMapping("/api/v1/console/accounts/{id}/restore/")
    Answer<RestoredView> restore(@PathVariable UUID id) {
        return Answer.of(Desk.on(accounts.get(id).id(), this::restored));
    }

    private RestoredView restored() {
        var account = deletion.restore();
        return new RestoredView(
                account.id(), account.name(), account.slug(), account.status().key());
    }
}
