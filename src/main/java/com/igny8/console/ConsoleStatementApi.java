package com.igny8.console;

import com.igny8.bank.BankStatements;
import com.igny8.bank.BankTransferWaiting;
import com.igny8.bank.StatementDesk;
import com.igny8.bank.StatementEntry;
import com.igny8.bank.StatementMatch;
import com.igny8.bank.StatementOutcome;
import com.igny8.bank.StatementReport;
import com.igny8.http.Answer;
import com.igny8.http.Listing;
import com.igny8.http.UploadedFile;
import com.igny8.kernel.PageRequest;
import com.igny8.kernel.Problem;
import com.igny8.tenancy.Ungated;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;

import org.jspecify.annotations.Nullable;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Statements of the bank, for the operator's programs. */
@Tag(name = "Console")
@RestController
@RequestMapping("/api/v1/console/bank-statements")
@Ungated(Ungated.To.EVERYBODY)
class ConsoleStatementApi {
    private final BankStatements statements;
    private final StatementDesk desk;

    ConsoleStatementApi(BankStatements statements, StatementDesk desk) {
        this.statements = statements;
        this.desk = desk;
    }

    record FaultView(int row, String field, String error) {}

    record ReportView(
            @Schema(example = "MT940") String format,
            @Schema(description = "Lines of money that came in", example = "40") int incoming,
            @Schema(description = "Those not imported before", example = "38") int fresh,
            int duplicates,
            @Schema(description = "Lines of money that went out, left out") int outgoing,
            @Schema(description = "The first 200 rows that cannot be read")
                    List<FaultView> invalid) {
        static ReportView of(StatementReport report) {
            return new ReportView(
                    report.format(),
                    report.incoming(),
                    report.fresh(),
                    report.duplicates(),
                    report.outgoing(),
                    report.faults().stream()
                            .map(fault -> new FaultView(fault.row(), fault.field(), fault.error()))
                            .toList());
        }
    }

    @Operation(
            summary = "Import a bank statement",
            description =
                    "For operators: MT940, CAMT.053 as CSV, or any CSV with headings. Where no"
                            + " heading tells which column is what, the answer is 400"
                            + " `mapping_required` with the `columns`: name them in `date`,"
                            + " `amount`, `currency`, `payer` and `purpose`. With `preview=true`"
                            + " nothing is kept. Lines imported before are told apart.")
    @PostMapping(value = "/", consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
    Answer<ReportView> importStatement(
            @RequestParam MultipartFile file,
            @RequestParam(defaultValue = "false") boolean preview,
            @RequestParam(defaultValue = "") String date,
            @RequestParam(defaultValue = "") String amount,
            @RequestParam(defaultValue = "") String currency,
            @RequestParam(defaultValue = "") String payer,
            @RequestParam(defaultValue = "") String purpose) {
        var upload =
                upload(
                        file,
                        Map.of(
                                "date", date,
                                "amount", amount,
                                "currency", currency,
                                "payer", payer,
                                "purpose", purpose));
        return Answer.of(
                ReportView.of(preview ? statements.preview(upload) : statements.keep(upload)));
    }

    static BankStatements.Upload upload(MultipartFile file, Map<String, String> columns) {
        var uploaded = new UploadedFile(file);
        return new BankStatements.Upload(uploaded.name(), uploaded.content(), columns);
    }

    record MatchView(
            UUID account,
            String accountName,
            UUID invoice,
            String invoiceNumber,
            String due,
            @Schema(
                            example = "certain",
                            allowableValues = {"certain", "likely", "possible"})
                    String confidence,
            @Schema(example = "The reference stands in the purpose, and the amount is right")
                    String reason) {
        static MatchView of(StatementMatch match) {
            BankTransferWaiting transfer = match.transfer();
            return new MatchView(
                    transfer.accountId(),
                    transfer.accountName(),
                    transfer.invoiceId(),
                    transfer.invoiceNumber(),
                    transfer.due().decimal(),
                    match.confidence().key(),
                    match.reason());
        }
    }

    record StatementEntryView(
            UUID id,
            LocalDate bookedOn,
            @Schema(example = "139.00") String amount,
            @Schema(example = "USD") String currency,
            String payerName,
            String purpose,
            @Schema(description = "What it may be for, the best first") List<MatchView> matches) {
        static StatementEntryView of(StatementEntry entry) {
            return new StatementEntryView(
                    entry.id(),
                    entry.bookedOn(),
                    entry.amount().decimal(),
                    entry.amount().currency(),
                    entry.payerName(),
                    entry.purpose(),
                    entry.matches().stream().map(MatchView::of).toList());
        }
    }

    @Operation(
            summary = "Lines of statements to be settled",
            description = "For operators: the oldest first, with the invoices they may pay.")
    @GetMapping("/lines/")
    Listing<StatementEntryView> lines(@ParameterObject PageRequest page) {
        return Listing.of(desk.open(page), StatementEntryView::of);
    }

    record ChoiceBody(
            @NotNull @Schema(description = "A line of a statement") UUID line,
            @NotNull @Schema(description = "The invoice it pays") UUID invoice,
            @Nullable Boolean acceptPartial) {}

    record ConfirmBody(@NotNull @Valid List<ChoiceBody> items) {}

    record OutcomeView(
            UUID line,
            UUID invoice,
            @Schema(
                            example = "confirmed",
                            allowableValues = {"confirmed", "refused"})
                    String status,
            @Nullable @Schema(example = "amount_mismatch") String code,
            @Nullable String error) {
        static OutcomeView of(StatementOutcome outcome) {
            Problem refusal = outcome.refusal();
            return new OutcomeView(
                    outcome.entryId(),
                    outcome.invoiceId(),
                    refusal == null ? "confirmed" : "refused",
                    refusal == null ? null : refusal.code(),
                    refusal == null ? null : refusal.sentence());
        }
    }

    record OutcomesView(List<OutcomeView> results) {}

    @Operation(
            summary = "Confirm lines of statements",
            description = "For operators: up to 200 at once, each with its own outcome.")
    @PostMapping("/confirm/")
    Answer<OutcomesView> confirm(@Valid @RequestBody ConfirmBody body) {
        return Answer.of(
                new OutcomesView(
                        desk
                                .confirm(
                                        body.items().stream()
                                                .map(
                                                        item ->
                                                                new StatementDesk.Choice(
                                                                        item.line(),
                                                                        item.invoice(),
                                                                        Boolean.TRUE.equals(
                                                                                item
                                                                                        .acceptPartial())))
                                                .toList())
                                .stream()
                                .map(OutcomeView::of)
                                .toList()));
    }

    @Operation(
            summary = "Leave a line of a statement out",
            description = "For operators: money that pays no invoice.")
    @PostMapping("/lines/{id}/ignore/")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void ignore(@PathVariable UUID id) {
        desk.ignore(id);
    }
}
