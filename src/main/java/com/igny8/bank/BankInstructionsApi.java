package com.igny8.bank;

import com.igny8.http.Answer;
import com.igny8.http.UploadedFile;
import com.igny8.tenancy.Ungated;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;

import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;

import java.time.Instant;
import java.util.UUID;

/** How to pay an invoice by bank transfer, for programs. */
@Tag(name = "Billing")
@RestController
@RequestMapping("/api/v1/billing/invoices/{id}/bank-transfer")
@Ungated(Ungated.To.OWNER_OF_SUSPENDED)
class BankInstructionsApi {
    private final BankTransfers transfers;

    BankInstructionsApi(BankTransfers transfers) {
        this.transfers = transfers;
    }

    record BankAccountView(
            String holder, String iban, String bic, String bank, String address, String note) {
        static BankAccountView of(BankAccount account) {
            return new BankAccountView(
                    account.holder(),
                    account.iban(),
                    account.bic(),
                    account.name(),
                    account.address(),
                    account.note());
        }
    }

    record InstructionsView(
            UUID invoice,
            @Schema(example = "IGN-2026-000123") @Nullable String invoiceNumber,
            @Schema(description = "In major units", example = "139.00") String amount,
            @Schema(example = "USD") String currency,
            @Nullable Instant dueAt,
            BankAccountView to,
            @Nullable
                    @Schema(
                            description =
                                    "For the purpose of the transfer; null until it is asked for",
                            example = "K7Q 2MX 9PA")
                    String reference,
            @Nullable String proof,
            @Nullable Instant announcedAt,
            @Nullable String declinedReason) {
        static InstructionsView of(BankTransfer transfer) {
            return new InstructionsView(
                    transfer.invoice().id(),
                    transfer.invoice().number(),
                    transfer.invoice().due().decimal(),
                    transfer.invoice().currency(),
                    transfer.invoice().dueAt(),
                    BankAccountView.of(transfer.to()),
                    transfer.reference(),
                    transfer.proofName(),
                    transfer.announcedAt(),
                    transfer.declinedReason());
        }
    }

    @Operation(
            summary = "How to pay by bank transfer",
            description = "Needs the role admin; 409 where nothing is due on the invoice.")
    @GetMapping("/")
    Answer<InstructionsView> instructions(@PathVariable UUID id) {
        return Answer.of(InstructionsView.of(transfers.of(id)));
    }

    @Operation(
            summary = "Ask for a reference",
            description = "What to write into the purpose of the transfer. Needs the role admin.")
    @PostMapping("/")
    Answer<InstructionsView> begin(@PathVariable UUID id) {
        return Answer.of(InstructionsView.of(transfers.begin(id)));
    }

    @Operation(
            summary = "Send a proof",
            description =
                    "A PDF, PNG or JPEG of up to 5 MB that shows that the money was sent; it takes"
                            + " the place of an earlier one. Needs the role admin.")
    @PostMapping(value = "/proof/", consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
    Answer<InstructionsView> announce(@PathVariable UUID id, @RequestParam MultipartFile file) {
        var proof = new UploadedFile(file);
        return Answer.of(
                InstructionsView.of(transfers.announce(id, proof.name(), proof.content())));
    }
}
