package com.igny8.account;

import com.igny8.identity.User;
import com.igny8.kernel.Problem;
import com.igny8.tenancy.Role;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.Locale;

/** A user with a seat in the bound account. */
public record Member(User user, Role role, Instant joinedAt) {

    /** The role that an admin names for somebody: any but the owner's. */
    public static Role assignable(String role) {
        return switch (role) {
            case "viewer" -> Role.VIEWER;
            case "editor" -> Role.EDITOR;
            case "admin" -> Role.ADMIN;
            case "owner" ->
                    throw Problem.invalid(
                            "role", "There is one owner: ownership is transferred, not given");
            case String other ->
                    throw Problem.invalid("role", "Choose viewer, editor or admin");
        };
    }

    /** Whether owner and admin they are, who reach every site without being let in. */
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
