package com.igny8.console;

import com.igny8.credit.LedgerCheck;
import com.igny8.http.Answer;
import com.igny8.tenancy.Ungated;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Whether the ledger adds up, for the programs of operators. */
@Tag(name = "Console")
@RestController
@Ungated(Ungated.To.EVERYBODY)
class ConsoleLedgerApi {
    /** The rest is not told: whoever has that many looks for one cause. */
    private static final int SHOWN = 100;

    private final LedgerCheck check;

    ConsoleLedgerApi(LedgerCheck check) {
        this.check = check;
    }

    record BreakView(UUID account, @Schema(example = "the balance is 9, …") String what) {}

    record CheckView(
            @Schema(example = "true") boolean addsUp,
            @Schema(example = "1200") long accounts,
            List<BreakView> breaks) {}

    @Operation(
            summary = "Check the ledger",
            description =
                    "For operators: adds every account's credits up again and names the first"
                            + " breaks, as the command `check-ledger` does. Goes through all"
                            + " entries, so it takes its time.")
    @GetMapping("/api/v1/console/ledger-check/")
    Answer<CheckView> check() {
        List<BreakView> breaks = new ArrayList<>();
        long accounts =
                check.run(
                        found -> {
                            if (breaks.size() < SHOWN) {
                                breaks.add(new BreakView(found.accountId(), found.what()));
                            }
                        });
        return Answer.of(new CheckView(breaks.isEmpty(), accounts, breaks));
    }
}
