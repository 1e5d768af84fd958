package com.igny8.bank;

import java.util.Locale;

/**
 * What money that came in is probably for.
 *
 * @param reason why one thinks so, in a sentence
 */
public record StatementMatch(BankTransferWaiting transfer, Confidence confidence, String reason) {

    /** How sure one can be, the surest first. */
    public enum Confidence {
        CERTAIN("Certain"),
        LIKELY("Likely"),
        POSSIBLE("Possible");

        private final String label;

        Confidence(String label) {
            this.label = label;
        }

        /** For people. */
        public String label() {
            return label;
        }

        /** As in JSON. */
        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Whether it can be confirmed without another look. */
    public boolean isCertain() {
        return confidence == Confidence.CERTAIN;
    }
}
