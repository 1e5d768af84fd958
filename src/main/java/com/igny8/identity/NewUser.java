package com.igny8.identity;

import com.igny8.kernel.FieldErrors;

/** What a person gives to become a user; checked here, all at once. */
public record NewUser(String email, String password, String firstName, String lastName) {
    public NewUser {
        String address = email.strip();
        email = address;
        firstName = firstName.strip();
        lastName = lastName.strip();
        new FieldErrors()
                .require(EmailAddress.isValid(address), "email", EmailAddress.INVALID)
                .require(PersonName.isValid(firstName), "first_name", PersonName.INVALID)
                .require(PersonName.isValid(lastName), "last_name", PersonName.INVALID)
                .collect(() -> PasswordRules.check("password", password, address))
                .throwIfAny();
    }

    /** Not to be read in a log. */
    @Override
    public String toString() {
        return "NewUser";
    }
}
