package com.igny8.console;

import com.igny8.kernel.PlainText;
import com.igny8.kernel.Problem;

/** Why an operator does what they do to a customer's account: written down with it. */
record Reason(String text) {
    static final int MAX_LENGTH = 500;

    Reason {
        text = text.strip();
        if (!PlainText.isFilled(text, MAX_LENGTH)) {
            throw Problem.invalid(
                    "reason", "Say why, in one line of up to " + MAX_LENGTH + " characters");
        }
    }
}
