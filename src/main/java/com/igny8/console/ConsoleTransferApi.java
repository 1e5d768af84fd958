package com.igny8.console;

import com.igny8.bank.BankTransferProof;
import com.igny8.bank.BankTransferQueue;
import com.igny8.bank.BankTransferWaiting;
import com.igny8.http.Answer;
import com.igny8.http.Listing;
import com.igny8.kernel.PageRequest;
import com.igny8.tenancy.Ungated;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;

import org.jspecify.annotations.Nullable;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.http.ContentDisposition;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;

/** Bank transfers that are waited for, for the operator's programs. */
@Tag(name = "Console")
@RestController
@RequestMapping("/api/v1/console/bank-transfers")
@Ungated(Ungated.To.EVERYBODY)
class ConsoleTransferApi {
    private final BankTransferQueue queue;

    ConsoleTransferApi(BankTransferQueue queue) {
        this.queue = queue;
    }

    record TransferView(
            UUID account,
            String accountName,
            UUID invoice,
            @Schema(example = "IGN-2026-000123") String invoiceNumber,
            @Schema(description = "In major units", example = "139.00") String due,
            @Schema(example = "USD") String currency,
            Instant dueAt,
            String billedTo,
            @Nullable String reference,
            @Nullable @Schema(description = "When the customer sent a proof") Instant announcedAt) {
        static TransferView of(BankTransferWaiting waiting) {
            return new TransferView(
                    waiting.accountId(),
                    waiting.accountName(),
                    waiting.invoiceId(),
                    waiting.invoiceNumber(),
                    waiting.due().decimal(),
                    waiting.due().currency(),
                    waiting.dueAt(),
                    waiting.billedTo(),
                    waiting.reference(),
                    waiting.announcedAt());
        }
    }

    @Operation(
            summary = "Bank transfers that are waited for",
            description = "For operators: those that customers announced come first.")
    @GetMapping("/")
    Listing<TransferView> waiting(@ParameterObject PageRequest page) {
        return Listing.of(queue.waiting(page), TransferView::of);
    }

    @Operation(
            summary = "The proof of a bank transfer",
            description = "For operators: the file that the customer sent.")
    @GetMapping(value = "/{account}/{invoice}/proof/", produces = MediaType.ALL_VALUE)
    ResponseEntity<byte[]> proof(@PathVariable UUID account, @PathVariable UUID invoice) {
        return file(queue.proof(account, invoice));
    }

    /** Somebody else's file: saved, never shown as a part of this site. */
    static ResponseEntity<byte[]> file(BankTransferProof proof) {
        return ResponseEntity.ok()
                .contentType(MediaType.parseMediaType(proof.mediaType()))
                .headers(
                        headers -> {
                            headers.setContentDisposition(
                                    ContentDisposition.attachment()
                                            .filename(proof.fileName(), StandardCharsets.UTF_8)
                                            .build());
                            headers.set("X-Content-Type-Options", "nosniff");
                            headers.set("Content-Security-Policy", "default-src 'none'; sandbox");
                            headers.setCacheControl("no-store");
                        })
                .body(Base64.getDecoder().decode(proof.encoded()));
    }

    record DeclineBody(
            @NotNull @Schema(example = "The screenshot shows no amount") String reason) {}

    @Operation(
            summary = "Decline the proof of a bank transfer",
            description = "For operators: the customer is told why by mail.")
    @PostMapping("/{account}/{invoice}/decline/")
    Answer<TransferView> decline(
            @PathVariable UUID account,
            @PathVariable UUID invoice,
            @Valid @RequestBody DeclineBody body) {
        queue.decline(account, invoice, new Reason(body.reason()).text());
        return Answer.of(TransferView.of(queue.get(account, invoice)));
    }
}
