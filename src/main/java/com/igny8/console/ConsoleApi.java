package com.igny8.console;

import com.igny8.account.Account;
import com.igny8.account.Accounts;
import com.igny8.http.Listing;
import com.igny8.kernel.PageRequest;
import com.igny8.tenancy.Ungated;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;

import org.springdoc.core.annotations.ParameterObject;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

import java.time.Instant;
import java.util.UUID;

/** The operator's console, for programs. */
@Tag(name = "Console")
@RestController
@RequestMapping("/api/v1/console")
@Ungated(Ungated.To.EVERYBODY)
class ConsoleApi {
    private final Accounts accounts;

    ConsoleApi(Accounts accounts) {
        this.accounts = accounts;
    }

    record ListedAccount(
            UUID id,
            String name,
            String slug,
            String status,
            String contactEmail,
            Instant createdAt) {
        static ListedAccount of(Account account) {
            return new ListedAccount(
                    account.id(),
                    account.name(),
                    account.slug(),
                    account.status().key(),
                    account.contactEmail(),
                    account.createdAt());
        }
    }

    @Operation(
            summary = "Accounts",
            description =
                    "For operators: accounts whose name, slug or contact matches, youngest first.")
    @GetMapping("/accounts/")
    Listing<ListedAccount> accounts(@ParameterObject PageRequest page) {
        return Listing.of(accounts.search(page), ListedAccount::of);
    }
}
