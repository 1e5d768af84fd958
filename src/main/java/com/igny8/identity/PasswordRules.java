package com.igny8.identity;

import com.igny8.kernel.Problem;
import com.nulabinc.zxcvbn.Strength;
import com.nulabinc.zxcvbn.Zxcvbn;

import java.util.List;

/**
 * Which passwords are good enough: 8 to 128 characters of any script that do not fall to a list of
 * common passwords, nor to what the email tells.
 */
final class PasswordRules {
    private static final int MIN_LENGTH = 8;
    private static final int MAX_LENGTH = 128;

    /**
     * Characters that the estimator looks at: what begins well is good, and its time grows much
     * faster than the length. Some 128 characters would keep a core busy for ten seconds.
     */
    private static final int MAX_MEASURED_LENGTH = 24;

    /** Of zxcvbn's scores 0 to 4: 2 and above outlast a million guesses. */
    private static final int MIN_SCORE = 2;

    private static final Zxcvbn ESTIMATOR = new Zxcvbn();

    private PasswordRules() {}

    static void check(String field, String password, String email) {
        int length = password.codePointCount(0, password.length());
        if (length < MIN_LENGTH) {
            throw Problem.invalid(field, "Must have at least " + MIN_LENGTH + " characters");
        }
        if (length > MAX_LENGTH) {
            throw Problem.invalid(field, "Must have at most " + MAX_LENGTH + " characters");
        }
        if (!Passwords.isText(password)) {
            throw Problem.invalid(field, "Must be text: it holds half a character");
        }
        String measured =
                password.substring(
                        0, password.offsetByCodePoints(0, Math.min(length, MAX_MEASURED_LENGTH)));
        List<String> told = List.of(email, email.split("@", 2)[0]);
        Strength strength = Passwords.THREADS.run(() -> ESTIMATOR.measure(measured, told));
        if (strength.getScore() < MIN_SCORE) {
            throw Problem.invalid(
                    field,
                    "Too easy to guess: it is common, too regular or like the email."
                            + " A few unrelated words make a good one");
        }
    }
}
