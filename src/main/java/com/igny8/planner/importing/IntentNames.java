package com.igny8.planner.importing;

import com.igny8.planner.Intent;

import org.jspecify.annotations.Nullable;

import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The words, letters and digits by which the tools name intents. */
final class IntentNames {
    /** Digits are those of Semrush's API. */
    private static final Map<String, Intent> NAMES =
            Map.ofEntries(
                    Map.entry("informational", Intent.INFORMATIONAL),
                    Map.entry("information", Intent.INFORMATIONAL),
                    Map.entry("i", Intent.INFORMATIONAL),
                    Map.entry("1", Intent.INFORMATIONAL),
                    Map.entry("navigational", Intent.NAVIGATIONAL),
                    Map.entry("navigation", Intent.NAVIGATIONAL),
                    Map.entry("n", Intent.NAVIGATIONAL),
                    Map.entry("2", Intent.NAVIGATIONAL),
                    Map.entry("commercial", Intent.COMMERCIAL),
                    Map.entry("commercial investigation", Intent.COMMERCIAL),
                    Map.entry("c", Intent.COMMERCIAL),
                    Map.entry("0", Intent.COMMERCIAL),
                    Map.entry("transactional", Intent.TRANSACTIONAL),
                    Map.entry("transaction", Intent.TRANSACTIONAL),
                    Map.entry("t", Intent.TRANSACTIONAL),
                    Map.entry("3", Intent.TRANSACTIONAL));

    /** Said by Ahrefs in the same column, about something else. */
    private static final Set<String> OTHER_LABELS =
            Set.of("branded", "non-branded", "local", "non-local");

    private IntentNames() {}

    /**
     * The first of several, which the tools put first for being dominant; null if none is named.
     */
    static @Nullable Intent read(String cell) {
        boolean onlyOtherLabels = true;
        for (String part : cell.split("[,;|/]", -1)) {
            String name = part.strip().toLowerCase(Locale.ROOT);
            Intent intent = NAMES.get(name);
            if (intent != null) {
                return intent;
            }
            onlyOtherLabels &= OTHER_LABELS.contains(name) || name.isEmpty();
        }
        if (onlyOtherLabels) {
            return null;
        }
        throw Refused.because(
                "informational, navigational, commercial or transactional",
                KeywordText.shortened(cell));
    }
}
