package com.igny8.account;

import com.igny8.http.Answer;
import com.igny8.http.Tagged;
import com.igny8.http.Throttle;
import com.igny8.http.Throttled;
import com.igny8.identity.SignedIn;
import com.igny8.identity.User;
import com.igny8.kernel.IfMatch;
import com.igny8.tenancy.Tenancy;
import com.igny8.tenancy.Ungated;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;

import jakarta.servlet.http.HttpServletResponse;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;

import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** The account itself, for programs. */
@Tag(name = "Account")
@RestController
@RequestMapping("/api/v1/auth/account")
class AccountApi {
    private final AccountSettings settings;
    private final AccountDeletion deletion;
    private final AccountExport export;

    AccountApi(AccountSettings settings, AccountDeletion deletion, AccountExport export) {
        this.settings = settings;
        this.deletion = deletion;
        this.export = export;
    }

    record AccountView(
            UUID id,
            String name,
            String slug,
            String status,
            String contactEmail,
            @Schema(description = "How long what is deleted can be restored", example = "14")
                    int retentionDays,
            Instant createdAt) {
        static AccountView of(Account account) {
            return new AccountView(
                    account.id(),
                    account.name(),
                    account.slug(),
                    account.status().key(),
                    account.contactEmail(),
                    account.retentionDays(),
                    account.createdAt());
        }
    }

    record ChangeBody(
            @Schema(example = "Analytical Engines") @Nullable String name,
            @Schema(example = "office@analytical.example") @Nullable String contactEmail,
            @Schema(description = "Only the owner changes it", example = "30")
                    @Nullable Integer retentionDays) {
        AccountSettings.Change change() {
            return new AccountSettings.Change(
                    Optional.ofNullable(name),
                    Optional.ofNullable(contactEmail),
                    Optional.ofNullable(retentionDays));
        }
    }

    record DeleteBody(
            @NotNull @Schema(example = "lantern orbit walnut") String password,
            @NotNull
                    @Schema(description = "The slug of the account", example = "analytical-engines")
                    String confirm) {
        /** Not to be read in a log. */
        @Override
        public String toString() {
            return "DeleteBody";
        }
    }

    record DeletedAccountView(UUID id, Instant restoreUntil) {}

    @Operation(summary = "Your account", description = "Needs the role admin.")
    @GetMapping("/")
    ResponseEntity<Answer<AccountView>> account() {
        Account account = settings.get();
        return Tagged.of(account, AccountView.of(account));
    }

    @Operation(
            summary = "Change your account",
            description = "Only the fields that are sent. Needs the role admin.")
    @PatchMapping("/")
    ResponseEntity<Answer<AccountView>> change(@RequestBody ChangeBody body, IfMatch ifMatch) {
        Account account = settings.change(body.change(), ifMatch);
        return Tagged.of(account, AccountView.of(account));
    }

    @Operation(
            summary = "Delete your account",
            description =
                    "For the owner. Nobody can use it from then on, but until `restore_until` its"
                            + " owner can restore and export it. Then it is erased for good.")
    @Throttled(Throttle.Scope.AUTH)
    @DeleteMapping("/")
    Answer<DeletedAccountView> delete(@Valid @RequestBody DeleteBody body) {
        User owner = SignedIn.current().orElseThrow().user();
        Deletion deleted = deletion.delete(owner, body.password(), body.confirm());
        return Answer.of(new DeletedAccountView(Tenancy.accountId(), deleted.restoreUntil()));
    }

    @Operation(
            summary = "Restore your deleted account",
            description = "For the owner, until `restore_until`.")
    @Ungated(Ungated.To.EVERYBODY)
    @PostMapping("/restore/")
    Answer<AccountView> restore() {
        return Answer.of(AccountView.of(deletion.restoreAsOwner()));
    }

    @Operation(
            summary = "Take your data along",
            description =
                    "For the owner, also of a suspended or deleted account: one ZIP with everything,"
                            + " as JSON and as CSV. A few times an hour at most.")
    @ApiResponse(
            responseCode = "200",
            description = "The archive",
            content =
                    @Content(
                            mediaType = "application/zip",
                            schema = @Schema(type = "string", format = "binary")))
    @Ungated(Ungated.To.EVERYBODY)
    @GetMapping("/export/")
    void export(HttpServletResponse response) throws IOException {
        export.send(response);
    }
}
