package com.igny8.identity;

import com.igny8.kernel.FieldErrors;

/** What a person gives to become a user; checked here, all at once. */
public record NewUser(String email, String password, String firstName, String lastName) {
    public NewUser {
        email = email.strip();
        firstName = firstName.strip();
        lastName = lastName.strip();
        new FieldErrors()
                .require(EmailAddress.isValid(email), "email", EmailAddress.INVALID)
                .require(PersonName.isValid(firstName), "first_name", PersonName.INVALID)
                .require(PersonName.isValid(lastName), "last_name", PersonName.INVALID)
                .throwIfAny();
        PasswordRules.check("password", password, email);
    }

    /** Not to be read in a log. */
    @Override
    public String toString() {
        return "NewUser";
    }
}
