package com.igny8.identity;

import com.igny8.kernel.FieldErrors;
import com.igny8.kernel.PlainText;

/** What a person wants to be called; either part may be empty. */
public record PersonName(String firstName, String lastName) {
    static final String INVALID = "Must be at most 80 plain characters";

    private static final int MAX_LENGTH = 80;

    public PersonName {
        firstName = firstName.strip();
        lastName = lastName.strip();
        new FieldErrors()
                .require(isValid(firstName), "first_name", INVALID)
                .require(isValid(lastName), "last_name", INVALID)
                .throwIfAny();
    }

    static boolean isValid(String part) {
        return PlainText.is(part, MAX_LENGTH);
    }
}
