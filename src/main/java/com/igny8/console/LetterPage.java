package com.igny8.console;

import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

import java.nio.charset.StandardCharsets;

/**
 * A letter as mail programs show it: it has its styles in place, loads nothing and does nothing.
 */
final class LetterPage {
    private LetterPage() {}

    /** To be looked at alone. */
    static ResponseEntity<String> of(String html) {
        return page(html, "'none'");
    }

    /** To be looked at inside a page of ours. */
    static ResponseEntity<String> framed(String html) {
        return page(html, "'self'");
    }

    private static ResponseEntity<String> page(String html, String framedBy) {
        return ResponseEntity.ok()
                .header(
                        "Content-Security-Policy",
                        ("default-src 'none'; style-src 'unsafe-inline'; frame-ancestors %s;"
                                        + " base-uri 'none'; form-action 'none'; object-src 'none';"
                                        + " sandbox")
                                .formatted(framedBy))
                .contentType(new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8))
                .body(html);
    }
}
