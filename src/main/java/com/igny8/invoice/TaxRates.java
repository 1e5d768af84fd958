package com.igny8.invoice;

import com.igny8.account.Country;
import com.igny8.kernel.Days;
import com.igny8.kernel.FieldErrors;
import com.igny8.kernel.PlainText;
import com.igny8.kernel.Problem;
import com.igny8.tenancy.AuditLog;
import com.igny8.tenancy.Columns;
import com.igny8.tenancy.PlatformTransactions;

import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Component;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/** The tax rates, for operators: added for a moment to come or for now, never changed. */
@Component
public class TaxRates {
    private static final int MAX_NAME = 40;
    private static final int DECIMALS = 3;
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    private final PlatformTransactions platform;
    private final AuditLog auditLog;
    private final Clock clock;

    TaxRates(PlatformTransactions platform, AuditLog auditLog, Clock clock) {
        this.platform = platform;
        this.auditLog = auditLog;
        this.clock = clock;
    }

    /**
     * A rate to come.
     *
     * @param effectiveFrom now, where it is null
     */
    public record NewRate(
            String country,
            String name,
            BigDecimal percent,
            boolean isInclusive,
            @Nullable Instant effectiveFrom) {
        private void check(Instant now) {
            new FieldErrors()
                    .require(
                            Country.isCode(country),
                            "country",
                            "Must be two letters of ISO 3166, such as DE")
                    .require(
                            PlainText.isFilled(name, MAX_NAME),
                            "name",
                            "Must have 1 to " + MAX_NAME + " characters, such as VAT")
                    .require(
                            percent.signum() >= 0
                                    && percent.compareTo(HUNDRED) <= 0
                                    && percent.stripTrailingZeros().scale() <= DECIMALS,
                            "percent",
                            "Must be between 0 and 100, with up to 3 decimals")
                    // Invoices that are issued say what was in force: it is not to be said
                    // otherwise
                    .require(
                            effectiveFrom == null || !effectiveFrom.isBefore(now),
                            "effective_from",
                            "Must not be in the past")
                    .require(
                            effectiveFrom == null || Days.ALL.contain(effectiveFrom),
                            "effective_from",
                            "Must be of " + Days.YEARS)
                    .throwIfAny();
        }
    }

    /** All of them: by country, the latest first. */
    public List<TaxRate> all() {
        return platform.read(
                jdbc ->
                        jdbc.sql(
                                        """
                                        SELECT *, CASE WHEN effective_from > :now THEN 'SCHEDULED'
                                               WHEN lead(effective_from) OVER (PARTITION BY country
                                                   ORDER BY effective_from) <= :now THEN 'PAST'
                                               ELSE 'IN_FORCE' END AS standing
                                          FROM tax_rate ORDER BY country, effective_from DESC
                                        """)
                                .param("now", Columns.timestamp(clock.instant()))
                                .query(TaxRates::rate)
                                .list());
    }

    /** Adds a rate; 409 where the country has one from this very moment on. */
    public TaxRate add(NewRate wanted) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        wanted.check(now);
        return platform.write(
                jdbc -> {
                    UUID id;
                    try {
                        id =
                                jdbc.sql(
                                                """
                                                INSERT INTO tax_rate (country, name, percent,
                                                    is_inclusive, effective_from)
                                                VALUES (:country, :name, :percent, :is_inclusive,
                                                    :from)
                                                RETURNING id
                                                """)
                                        .param("country", wanted.country())
                                        .param("name", wanted.name().strip())
                                        .param("percent", wanted.percent())
                                        .param("is_inclusive", wanted.isInclusive())
                                        .param(
                                                "from",
                                                Columns.timestamp(
                                                        Objects.requireNonNullElse(
                                                                wanted.effectiveFrom(), now)))
                                        .query(UUID.class)
                                        .single();
                    } catch (DuplicateKeyException taken) {
                        throw Problem.conflict(
                                "tax_rate_exists",
                                "There is a rate from this very moment on: withdraw it first");
                    }
                    TaxRate added = get(id);
                    record("tax_rate.added", added);
                    return added;
                });
    }

    private TaxRate get(UUID id) {
        return all().stream()
                .filter(rate -> rate.id().equals(id))
                .findFirst()
                .orElseThrow(() -> Problem.notFound("Tax rate"));
    }

    /** Takes a rate back that has not begun; 409 where it has. */
    public TaxRate withdraw(UUID id) {
        return platform.write(
                jdbc -> {
                    TaxRate rate = get(id);
                    int gone =
                            jdbc.sql(
                                            "DELETE FROM tax_rate"
                                                    + " WHERE id = :id AND effective_from > :now")
                                    .param("id", id)
                                    .param("now", Columns.timestamp(clock.instant()))
                                    .update();
                    if (gone == 0) {
                        throw Problem.conflict(
                                "tax_rate_in_force",
                                "This rate is or was in force; add another one instead");
                    }
                    record("tax_rate.withdrawn", rate);
                    return rate;
                });
    }

    private void record(String action, TaxRate rate) {
        auditLog.record(
                action,
                "tax_rate:" + rate.id(),
                Map.of(
                        "name", rate.name() + " " + rate.country(),
                        "percent", rate.percent(),
                        "is_inclusive", rate.isInclusive(),
                        "effective_from", rate.effectiveFrom().toString()));
    }

    private static TaxRate rate(ResultSet row, int number) throws SQLException {
        return new TaxRate(
                Columns.uuid(row, "id"),
                row.getString("country"),
                row.getString("name"),
                row.getBigDecimal("percent"),
                row.getBoolean("is_inclusive"),
                Columns.instant(row, "effective_from"),
                TaxRate.Standing.valueOf(row.getString("standing")));
    }
}
