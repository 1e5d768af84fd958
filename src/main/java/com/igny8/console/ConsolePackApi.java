package com.igny8.console;

import com.igny8.catalog.CreditPack;
import com.igny8.catalog.CreditPacks;
import com.igny8.http.Answer;
import com.igny8.http.Listing;
import com.igny8.http.Tagged;
import com.igny8.kernel.EntityTag;
import com.igny8.kernel.IfMatch;
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
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

import java.util.Optional;

/** Packs of credits in the operator's console, for programs. */
@Tag(name = "Console")
@RestController
@RequestMapping("/api/v1/console/credit-packs")
@Ungated(Ungated.To.EVERYBODY)
class ConsolePackApi {
    private static final int USUAL_MONTHS = 12;
    private static final int LAST = 100;

    private final CreditPacks packs;
    private final Idempotency idempotency;

    ConsolePackApi(CreditPacks packs, Idempotency idempotency) {
        this.packs = packs;
        this.idempotency = idempotency;
    }

    record ConsolePackView(
            @Schema(example = "credits-2000") String slug,
            @Schema(example = "2000") long credits,
            @Schema(example = "USD") String currency,
            @Schema(example = "9900") long priceMinor,
            @Schema(example = "12") int validMonths,
            @Schema(example = "true") boolean isActive,
            @Schema(example = "2") int position) {
        static ConsolePackView of(CreditPack pack) {
            CreditPack.Offer offer = pack.offer();
            return new ConsolePackView(
                    pack.slug(),
                    offer.credits(),
                    offer.currency(),
                    offer.priceMinor(),
                    offer.validMonths(),
                    offer.isActive(),
                    offer.position());
        }
    }

    record NewPackBody(
            @Nullable @Schema(description = "Stays for good; made of the credits if left out")
                    String slug,
            @NotNull @Schema(example = "5000") Long credits,
            @NotNull @Schema(example = "USD") String currency,
            @NotNull @Schema(example = "21900") Long priceMinor,
            @Nullable @Schema(description = "12 if left out", example = "12") Integer validMonths,
            @Nullable @Schema(description = "true if left out") Boolean isActive,
            @Nullable @Schema(description = "The last if left out") Integer position) {
        CreditPack.Offer offer() {
            return new CreditPack.Offer(
                    credits,
                    currency,
                    priceMinor,
                    Optional.ofNullable(validMonths).orElse(USUAL_MONTHS),
                    Optional.ofNullable(isActive).orElse(true),
                    Optional.ofNullable(position).orElse(LAST));
        }
    }

    record PackChangeBody(
            @Nullable Long credits,
            @Nullable String currency,
            @Nullable Long priceMinor,
            @Nullable Integer validMonths,
            @Nullable @Schema(description = "Whether it can be bought") Boolean isActive,
            @Nullable Integer position) {
        CreditPack.Offer offer(CreditPack.Offer before) {
            return new CreditPack.Offer(
                    Optional.ofNullable(credits).orElse(before.credits()),
                    Optional.ofNullable(currency).orElse(before.currency()),
                    Optional.ofNullable(priceMinor).orElse(before.priceMinor()),
                    Optional.ofNullable(validMonths).orElse(before.validMonths()),
                    Optional.ofNullable(isActive).orElse(before.isActive()),
                    Optional.ofNullable(position).orElse(before.position()));
        }
    }

    @Operation(summary = "All packs of credits", description = "For operators.")
    @GetMapping("/")
    Listing<ConsolePackView> all() {
        return Listing.ofAll(packs.all().stream().map(ConsolePackView::of).toList());
    }

    @Operation(summary = "Add a pack of credits", description = "For operators.")
    @PostMapping("/")
    ResponseEntity<Answer<ConsolePackView>> create(
            @Valid @RequestBody NewPackBody body, @Parameter(hidden = true) IdempotencyKey key) {
        Made made =
                idempotency.onceAnonymously(
                        key, Made.class, () -> Made.of(packs.create(body.slug(), body.offer())));
        return ResponseEntity.status(HttpStatus.CREATED)
                .eTag(made.tag())
                .body(Answer.of(made.view()));
    }

    /** What is answered to who made something, each time they ask with the same key. */
    private record Made(String tag, ConsolePackView view) {
        static Made of(CreditPack pack) {
            return new Made(EntityTag.of(pack), ConsolePackView.of(pack));
        }
    }

    @Operation(summary = "A pack of credits", description = "For operators.")
    @GetMapping("/{slug}/")
    ResponseEntity<Answer<ConsolePackView>> pack(@PathVariable String slug) {
        return shown(packs.get(slug));
    }

    private static ResponseEntity<Answer<ConsolePackView>> shown(CreditPack pack) {
        return Tagged.of(pack, ConsolePackView.of(pack));
    }

    @Operation(
            summary = "Change a pack of credits",
            description = "For operators; what was sold is not touched. Only the fields sent.")
    @PatchMapping("/{slug}/")
    ResponseEntity<Answer<ConsolePackView>> change(
            @PathVariable String slug, @RequestBody PackChangeBody body, IfMatch ifMatch) {
        return shown(packs.change(slug, body.offer(packs.get(slug).offer()), ifMatch));
    }
}
