package com.igny8.bank;

import com.igny8.account.Accounts;
import com.igny8.kernel.Problem;
import com.igny8.tenancy.Columns;
import com.igny8.tenancy.NamedLock;
import com.igny8.tenancy.PlatformTransactions;
import com.igny8.tenancy.SecretBox;
import com.igny8.tenancy.Tenancy;
import com.igny8.tenancy.TenantTransactions;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

import tools.jackson.databind.json.JsonMapper;

import java.time.Clock;
import java.util.Optional;
import java.util.UUID;

/**
 * For operators: transfers that arrived are confirmed, each once, however often and by however many
 * it is said.
 */
@Component
public class BankTransferConfirmations {
    private final PlatformTransactions platform;
    private final TenantTransactions transactions;
    private final Accounts accounts;
    private final BankTransferBooking booking;
    private final SecretBox secretBox;
    private final JsonMapper json;
    private final Clock clock;

    BankTransferConfirmations(
            PlatformTransactions platform,
            TenantTransactions transactions,
            Accounts accounts,
            BankTransferBooking booking,
            SecretBox secretBox,
            JsonMapper json,
            Clock clock) {
        this.platform = platform;
        this.transactions = transactions;
        this.accounts = accounts;
        this.booking = booking;
        this.secretBox = secretBox;
        this.json = json;
        this.clock = clock;
    }

    private record Earlier(String requestHash, BankTransferConfirmed answer) {}

    /**
     * Books a transfer and does all that its money brings about, in one transaction; what was
     * confirmed before is answered as it was then. 404 where there is no such customer,
     * subscription or invoice, 409 where it was confirmed otherwise, pays nothing, or is less than
     * is due.
     */
    public BankTransferConfirmed confirm(BankTransferArrival arrival) {
        return platform.write(
                jdbc -> {
                    // Whoever confirms the same at the same time waits here
                    NamedLock.take(jdbc::sql, "bank transfer " + arrival.externalPaymentId());
                    UUID accountId = accountOf(jdbc, arrival);
                    BankTransferArrival whose = arrival.of(accountId);
                    return earlier(jdbc, whose.externalPaymentId())
                            .map(earlier -> again(earlier, whose))
                            .orElseGet(() -> book(accountId, whose));
                });
    }

    private UUID accountOf(JdbcClient jdbc, BankTransferArrival arrival) {
        UUID subscriptionId = arrival.subscriptionId();
        UUID accountId =
                subscriptionId == null
                        ? arrival.accountId()
                        : jdbc.sql("SELECT account_id FROM subscription WHERE id = :id")
                                .param("id", subscriptionId)
                                .query(UUID.class)
                                .optional()
                                .orElseThrow(() -> Problem.notFound("Subscription"));
        if (accountId == null) {
            throw new IllegalStateException("An arrival says whose it is");
        }
        return accounts.customer(accountId).id();
    }

    private Optional<Earlier> earlier(JdbcClient jdbc, String externalPaymentId) {
        return jdbc.sql(
                        """
                        SELECT request_hash, answer FROM bank_confirmation
                         WHERE external_payment_id = :id
                        """)
                .param("id", externalPaymentId)
                .query(
                        (row, number) ->
                                new Earlier(
                                        row.getString("request_hash"),
                                        json.readValue(
                                                row.getString("answer"),
                                                BankTransferConfirmed.class)))
                .optional();
    }

    private BankTransferConfirmed again(Earlier earlier, BankTransferArrival arrival) {
        if (!earlier.requestHash().equals(hash(arrival))) {
            throw Problem.conflict(
                    "transfer_confirmed_otherwise",
                    "A transfer with this external_payment_id was confirmed before, with other"
                            + " details. If this is another one, give it another id");
        }
        return earlier.answer();
    }

    private String hash(BankTransferArrival arrival) {
        return secretBox.fingerprint(arrival.told().toString());
    }

    private BankTransferConfirmed book(UUID accountId, BankTransferArrival arrival) {
        return Tenancy.as(
                Tenancy.caller().asOwnerOf(accountId),
                () -> {
                    BankTransferConfirmed confirmed = booking.book(arrival);
                    remember(arrival, confirmed);
                    return confirmed;
                });
    }

    private void remember(BankTransferArrival arrival, BankTransferConfirmed confirmed) {
        transactions.run(
                sql ->
                        sql.statement(
                                        """
                                        INSERT INTO bank_confirmation (account_id,
                                            external_payment_id, request_hash, answer, payment_id,
                                            confirmed_by, created_at)
                                        VALUES (:account_id, :external, :hash, :answer::jsonb,
                                            :payment, :operator, :now)
                                        """)
                                .param("external", arrival.externalPaymentId())
                                .param("hash", hash(arrival))
                                .param("answer", json.writeValueAsString(confirmed))
                                .param("payment", confirmed.paymentId())
                                .param("operator", Tenancy.caller().userId())
                                .param("now", Columns.timestamp(clock.instant()))
                                .update());
    }
}
