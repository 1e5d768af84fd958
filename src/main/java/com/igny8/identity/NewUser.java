package com.igny8.identity;

import com.igny8.kernel.FieldErrors;

import java.util.regex.Pattern;

/** What a person gives to become a user; checked here, all at once. */
public record NewUser(String email, String password, String firstName, String lastName) {
    private static final int MAX_NAME_LENGTH = 80;

    private static final Pattern CONTROLS = Pattern.compile("\\p{Cntrl}");

    public NewUser {
        email = email.strip();
        firstName = firstName.strip();
        lastName = lastName.strip();
        new FieldErrors()
                .require(EmailAddress.isValid(email), "email", EmailAddress.INVALID)
                .require(isName(firstName), "first_name", "Must be at most 80 plain characters")
                .require(isName(lastName), "last_name", "Must be at most 80 plain characters")
                .throwIfAny();
        PasswordRules.check("password", password, email);
    }

    private static boolean isName(String name) {
        return name.length() <= MAX_NAME_LENGTH && !CONTROLS.matcher(name).find();
    }

    /** Not to be read in a log. */
    @Override
    public String toString() {
        return "NewUser";
    }
}
