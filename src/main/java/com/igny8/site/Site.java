package com.igny8.site;

import com.igny8.kernel.FieldErrors;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** A web site of an account. */
public record Site(
        UUID id,
        String name,
        String slug,
        String domain,
        int industryId,
        String status,
        boolean isActive,
        Instant createdAt) {

    static final int MAX_NAME_LENGTH = 120;

    /** A site to add, with its fields checked. */
    public record Draft(String name, Domain domain, int industryId) {

        /** Checks what somebody typed; 400 that names the fields. */
        public static Draft of(String name, String domain, int industryId) {
            Optional<Domain> parsed = Domain.parse(domain);
            new FieldErrors()
                    .require(isName(name), "name", "Enter a name, up to 120 characters")
                    .require(
                            parsed.isPresent(), "domain", "Enter a web address such as example.com")
                    .throwIfAny();
            return new Draft(name.strip(), parsed.orElseThrow(), industryId);
        }
    }

    static boolean isName(String name) {
        return !name.isBlank()
                && name.strip().length() <= MAX_NAME_LENGTH
                && name.chars().noneMatch(Character::isISOControl);
    }
}
