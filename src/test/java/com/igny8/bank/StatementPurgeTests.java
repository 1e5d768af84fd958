package com.igny8.bank;

import static org.assertj.core.api.Assertions.assertThat;

import com.igny8.tenancy.PlatformTransactions;
import com.igny8.testing.Product;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

class StatementPurgeTests {
    private static final Instant LONG_AGO = Instant.parse("2001-01-01T00:00:00Z");

    private final Product product = Product.running();

    @Test
    void whoPaidWhatWasNeverBookedIsForgotten() {
        UUID old = statement(LONG_AGO.minusSeconds(1));
        UUID younger = statement(LONG_AGO);
        for (String status : List.of("open", "ignored", "confirmed")) {
            line(old, status);
            line(younger, status);
        }

        StatementPurge.purge(product.bean(PlatformTransactions.class), LONG_AGO);

        assertThat(payers(old)).isEqualTo("confirmed Ada ref, ignored  , open  ");
        assertThat(payers(younger)).isEqualTo("confirmed Ada ref, ignored Ada ref, open Ada ref");
        product.sql()
                .sql("DELETE FROM bank_statement WHERE id IN (?, ?)")
                .params(old, younger)
                .update();
    }

    private UUID statement(Instant importedAt) {
        return product.sql()
                .sql(
                        """
                        INSERT INTO bank_statement (file_name, format, imported_by, imported_at)
                        VALUES ('test.csv', 'csv', uuidv7(), ?::timestamptz) RETURNING id
                        """)
                .param(importedAt.toString())
                .query(UUID.class)
                .single();
    }

    private void line(UUID statement, String status) {
        product.sql()
                .sql(
                        """
                        INSERT INTO bank_statement_line (statement_id, row, fingerprint, booked_on,
                            amount_minor, currency, payer_name, purpose, status, settled_by,
                            settled_at)
                        SELECT ?, 1, uuidv7(), '2001-01-01', 100, 'USD', 'Ada', 'ref', status,
                               CASE WHEN status <> 'open' THEN uuidv7() END,
                               CASE WHEN status <> 'open' THEN now() END
                          FROM (VALUES (?)) AS it (status)
                        """)
                .params(statement, status)
                .update();
    }

    private String payers(UUID statement) {
        return product.sql()
                .sql(
                        """
                        SELECT string_agg(status || ' ' || payer_name || ' ' || purpose, ', '
                                   ORDER BY status)
                          FROM bank_statement_line WHERE statement_id = ?
                        """)
                .param(statement)
                .query(String.class)
                .single();
    }
}
