package com.igny8.account;

import com.igny8.identity.User;
import com.igny8.kernel.Problem;
import com.igny8.tenancy.Role;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.Locale;
import java.util.stream.Stream;

/** A user with a seat in the bound account. */
public record Member(User user, Role role, Instant joinedAt) {

    static final String ASSIGNABLE =
            "Choose viewer, editor or admin; the ownership is transferred, not given";

    /** The role that an admin names for somebody: any but the owner's. */
    public static Role assignable(String role) {
        if (!isAssignable(role)) {
            throw Problem.invalid("role", ASSIGNABLE);
        }
        return Role.of(role);
    }

    static boolean isAssignable(String role) {
        return Stream.of(Role.VIEWER, Role.EDITOR, Role.ADMIN)
                .anyMatch(one -> one.key().equals(role));
    }

    /** Owner and admins reach every site without being let in. */
    public boolean reachesEverySite() {
        return role.isAtLeast(Role.ADMIN);
    }

    boolean matches(@Nullable String search) {
        return search == null
                || (user.firstName() + ' ' + user.lastName() + ' ' + user.email())
                        .toLowerCase(Locale.ROOT)
                        .contains(search.toLowerCase(Locale.ROOT));
    }
}
