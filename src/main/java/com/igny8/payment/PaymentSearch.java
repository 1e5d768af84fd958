package com.igny8.payment;

import com.igny8.kernel.Choice;
import com.igny8.kernel.Page;
import com.igny8.kernel.PageRequest;
import com.igny8.tenancy.PagedSelect;
import com.igny8.tenancy.PlatformTransactions;
import com.igny8.tenancy.Role;
import com.igny8.tenancy.Tenancy;
import com.igny8.tenancy.TenantTransactions;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;

/** Lists of payments: an account's own, and all of them for operators. */
@Component
public class PaymentSearch {
    private static final PagedSelect YOUNGEST_FIRST =
            new PagedSelect(
                    """
                    SELECT payment.*, account.name AS account_name, invoice.number,
                           (SELECT status FROM dispute
                             WHERE dispute.account_id = payment.account_id
                               AND payment_id = payment.id
                             ORDER BY opened_at DESC LIMIT 1) AS dispute
                    """,
                    """
                     FROM payment
                     JOIN account ON account.id = payment.account_id
                     LEFT JOIN invoice ON invoice.account_id = payment.account_id
                                      AND invoice.id = payment.invoice_id
                    WHERE (:account::uuid IS NULL OR payment.account_id = :account)
                      AND (:status::text IS NULL OR payment.status = :status
                           OR (:status = 'disputed' AND EXISTS (SELECT FROM dispute
                                   WHERE dispute.account_id = payment.account_id
                                     AND dispute.payment_id = payment.id AND dispute.status = 'open')))
                      AND (:provider::text IS NULL OR payment.provider = :provider)
                      AND (:id::uuid IS NULL OR payment.id = :id)
                      AND (:pattern::text IS NULL OR account.name ILIKE :pattern
                           OR invoice.number ILIKE :pattern OR payment.provider_reference ILIKE :pattern
                           OR payment.payer_name ILIKE :pattern)
                    """,
                    "payment.created_at DESC, payment.id DESC");

    private final TenantTransactions tenants;
    private final PlatformTransactions platform;

    PaymentSearch(TenantTransactions tenants, PlatformTransactions platform) {
        this.tenants = tenants;
        this.platform = platform;
    }

    /**
     * A payment with what it belongs to.
     *
     * @param dispute how the latest dispute of it stands; null where there was none
     */
    public record Found(
            Payment payment,
            String accountName,
            @Nullable String invoiceNumber,
            @Nullable DisputeStatus dispute) {}

    /**
     * Which payments; 400 where it names what there cannot be.
     *
     * @param status of a payment, or {@code disputed}; null for any
     * @param provider a way to pay, or {@code balance}; null for any
     */
    public record Filter(@Nullable String status, @Nullable String provider) {
        public static final Filter NONE = new Filter(null, null);

        private static final String DISPUTED = "disputed";

        public Filter {
            status = Choice.of("status", status, statuses(), Function.identity()).orElse(null);
            provider =
                    Choice.of("provider", provider, providers(), Function.identity()).orElse(null);
        }

        private static String[] statuses() {
            return Stream.concat(
                            Arrays.stream(Payment.Status.values()).map(Payment.Status::key),
                            Stream.of(DISPUTED))
                    .toArray(String[]::new);
        }

        private static String[] providers() {
            return Stream.concat(
                            Arrays.stream(PaymentType.values()).map(PaymentType::key),
                            Stream.of(Payment.BALANCE))
                    .toArray(String[]::new);
        }
    }

    /** Those of the bound account, youngest first. */
    public Page<Found> own(Filter filter, PageRequest page) {
        Tenancy.caller().require(Role.ADMIN);
        return tenants.read(sql -> search(sql::statement, sql.accountId(), null, filter, page));
    }

    /** For operators: those of all accounts, youngest first. */
    public Page<Found> all(Filter filter, PageRequest page) {
        return platform.read(jdbc -> search(jdbc::sql, null, null, filter, page));
    }

    /** For operators: one of any account. */
    public Optional<Found> find(UUID id) {
        return platform
                .read(jdbc -> search(jdbc::sql, null, id, Filter.NONE, PageRequest.first()))
                .rows()
                .stream()
                .findFirst();
    }

    /** For operators: how many payments of an account are wanted back, undecided so far. */
    public long openDisputes(UUID accountId) {
        return platform.read(
                jdbc ->
                        jdbc.sql(
                                        """
                                        SELECT count(*) FROM dispute
                                         WHERE account_id = :account AND status = 'open'
                                        """)
                                .param("account", accountId)
                                .query(Long.class)
                                .single());
    }

    private static Page<Found> search(
            Function<String, JdbcClient.StatementSpec> sql,
            @Nullable UUID accountId,
            @Nullable UUID id,
            Filter filter,
            PageRequest page) {
        return YOUNGEST_FIRST.read(
                statement ->
                        sql.apply(statement)
                                .param("account", accountId)
                                .param("id", id)
                                .param("status", filter.status())
                                .param("provider", filter.provider()),
                page,
                PaymentSearch::found);
    }

    private static Found found(ResultSet row, int number) throws SQLException {
        String dispute = row.getString("dispute");
        return new Found(
                Payments.payment(row, number),
                row.getString("account_name"),
                row.getString("number"),
                dispute == null ? null : DisputeStatus.of(dispute));
    }
}
