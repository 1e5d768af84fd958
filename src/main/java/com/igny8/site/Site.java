package com.igny8.site;

import com.igny8.kernel.PlainText;

import java.time.Instant;
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

    private static final int MAX_NAME_LENGTH = 120;

    /** A site to add, or what is to become of one; its fields are checked. */
    public record Draft(String name, Domain domain, int industryId) {}

    static boolean isName(String name) {
        return PlainText.isFilled(name.strip(), MAX_NAME_LENGTH);
    }
}
