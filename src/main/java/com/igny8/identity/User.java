package com.igny8.identity;

import java.util.UUID;

/**
 * A person who can sign in.
 *
 * @param signInsEnded how often all their sign-ins were ended, when this was read
 */
public record User(
        UUID id,
        String email,
        String firstName,
        String lastName,
        boolean isOperator,
        boolean emailVerified,
        int signInsEnded) {

    /** What to call them: their name, or their address before the @. */
    public String displayName() {
        String name = (firstName + " " + lastName).strip();
        return name.isEmpty() ? email.substring(0, email.indexOf('@')) : name;
    }
}
