package com.igny8.identity;

import com.igny8.tenancy.PlatformTransactions;

import org.springframework.stereotype.Component;

import java.util.List;
import java.util.Locale;

/**
 * Letters that strangers can bring about. Asking for one only notes the address: whether anybody
 * has it is looked up later, so that the answer cannot tell by the time it takes.
 */
@Component
class RequestedLetters {
    private static final int BATCH = 100;

    /** What the letter is about. */
    enum Kind {
        PASSWORD_RESET,
        SIGN_IN_LOCKED
    }

    record Requested(Kind kind, String email) {}

    private final PlatformTransactions platform;

    RequestedLetters(PlatformTransactions platform) {
        this.platform = platform;
    }

    void request(Kind kind, String email) {
        platform.run(
                jdbc ->
                        jdbc.sql(
                                        """
                                        INSERT INTO requested_letter (kind, email)
                                        VALUES (:kind, :email)
                                        """)
                                .param("kind", kind.name().toLowerCase(Locale.ROOT))
                                .param("email", email)
                                .update());
    }

    /** The oldest of them, for whoever writes them in the same transaction. */
    List<Requested> take() {
        return platform.write(
                jdbc ->
                        jdbc.sql(
                                        """
                                        DELETE FROM requested_letter WHERE id IN (
                                            SELECT id FROM requested_letter
                                             ORDER BY id LIMIT :batch FOR UPDATE SKIP LOCKED)
                                        RETURNING kind, email
                                        """)
                                .param("batch", BATCH)
                                .query(
                                        (row, number) ->
                                                new Requested(
                                                        Kind.valueOf(
                                                                row.getString("kind")
                                                                        .toUpperCase(Locale.ROOT)),
                                                        row.getString("email")))
                                .list());
    }
}
