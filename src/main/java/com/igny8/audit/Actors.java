package com.igny8.audit;

import com.igny8.identity.User;

import org.jspecify.annotations.Nullable;

import java.util.Map;
import java.util.UUID;

/** Who is told to have done something. */
final class Actors {
    private static final String API_KEY = "api_key";

    private Actors() {}

    /**
     * @param people those there are by now, by id: who is gone has no name
     * @param forStaff whether the reader is of the staff, and may know who of them it was
     */
    static AuditEntry.Actor of(
            @Nullable UUID id,
            String via,
            Map<String, Object> details,
            Map<UUID, User> people,
            boolean forStaff) {
        if (via.equals(API_KEY)) {
            return new AuditEntry.Actor(
                    AuditEntry.Actor.Kind.API_KEY,
                    null,
                    "The API key " + details.getOrDefault(API_KEY, "(unknown)"));
        }
        if (id == null) {
            return new AuditEntry.Actor(AuditEntry.Actor.Kind.SYSTEM, null, "IGNY8");
        }
        User person = people.get(id);
        if (person == null) {
            return new AuditEntry.Actor(AuditEntry.Actor.Kind.PERSON, id, "Somebody who is gone");
        }
        return person.isOperator()
                ? staff(person, forStaff)
                : new AuditEntry.Actor(AuditEntry.Actor.Kind.PERSON, id, person.displayName());
    }

    private static AuditEntry.Actor staff(User person, boolean forStaff) {
        return forStaff
                ? new AuditEntry.Actor(
                        AuditEntry.Actor.Kind.STAFF,
                        person.id(),
                        person.displayName() + " (IGNY8 staff)")
                : new AuditEntry.Actor(AuditEntry.Actor.Kind.STAFF, null, "IGNY8 staff");
    }
}
