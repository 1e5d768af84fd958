package com.igny8.http;

import com.igny8.kernel.Cursor;
import com.igny8.kernel.Problem;
import com.igny8.tenancy.SecretBox;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;

/**
 * Cursors as clients see them: sealed, so that nobody builds on what is inside, and good for the
 * list alone that they came from.
 */
@Component
public class Cursors {
    private static final int MAX_LENGTH = 400;

    private final SecretBox secrets;

    Cursors(SecretBox secrets) {
        this.secrets = secrets;
    }

    /**
     * @param list what the cursor is good for, as {@code audit}
     * @return as it stands in an address; null for none
     */
    public @Nullable String write(String list, @Nullable Cursor cursor) {
        if (cursor == null) {
            return null;
        }
        String plain =
                String.join(
                        "\n", list, cursor.direction().name(), cursor.at().toString(), cursor.id());
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(secrets.seal(plain.getBytes(StandardCharsets.UTF_8)));
    }

    /** The cursor that was sent, null for none; 400 for one that is not ours or of another list. */
    public @Nullable Cursor read(String list, @Nullable String sent) {
        if (sent == null || sent.isEmpty()) {
            return null;
        }
        List<String> parts = List.of(opened(sent).split("\n", 4));
        if (parts.size() < 4 || !parts.getFirst().equals(list)) {
            throw notOurs();
        }
        return new Cursor(
                Instant.parse(parts.get(2)), parts.get(3), Cursor.Direction.valueOf(parts.get(1)));
    }

    private String opened(String sent) {
        if (sent.length() > MAX_LENGTH) {
            throw notOurs();
        }
        try {
            return new String(
                    secrets.open(Base64.getUrlDecoder().decode(sent)), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException | SecretBox.Unreadable changed) {
            throw notOurs();
        }
    }

    private static Problem notOurs() {
        return Problem.invalid(
                "cursor", "Take it from the addresses of the page before, or leave it out");
    }
}
