package com.igny8.identity;

import com.igny8.kernel.Problem;

import java.util.regex.Pattern;

/** What an address of a mail box looks like; whether it is read, only a mail can tell. */
public final class EmailAddress {
    public static final String INVALID = "Enter a valid email address";

    private static final int MAX_LENGTH = 254;

    /** As browsers check {@code type=email}. */
    private static final Pattern FORM =
            Pattern.compile(
                    "[a-zA-Z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}"
                            + "@[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?"
                            + "(?:\\.[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?)+");

    private EmailAddress() {}

    /** The address without spaces around it; 400 on {@code email} where it is none. */
    public static String require(String typed) {
        String email = typed.strip();
        if (!isValid(email)) {
            throw Problem.invalid("email", INVALID);
        }
        return email;
    }

    public static boolean isValid(String email) {
        return email.length() <= MAX_LENGTH && FORM.matcher(email).matches();
    }
}
