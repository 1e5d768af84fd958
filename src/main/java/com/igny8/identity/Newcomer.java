package com.igny8.identity;

/** Somebody who is ready to become a user: checked, the password hashed. */
public record Newcomer(String email, String passwordHash, String firstName, String lastName) {
    /** Not to be read in a log. */
    @Override
    public String toString() {
        return "Newcomer";
    }
}
