package com.igny8.signup;

import org.jspecify.annotations.Nullable;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where somebody was going when they were asked to sign in: a place on this site, or nothing.
 * Whoever makes up the link must not be able to send them elsewhere from our own sign-in page.
 */
final class Destination {
    private static final int MAX_LENGTH = 2_000;

    /** One slash, no second one, no backslash (which browsers read as a slash), no controls. */
    private static final Pattern ON_THIS_SITE = Pattern.compile("/(?!/)[!-~&&[^\\\\]]*");

    private Destination() {}

    static Optional<String> of(@Nullable String next) {
        return Optional.ofNullable(next)
                .filter(path -> path.length() <= MAX_LENGTH)
                .filter(path -> ON_THIS_SITE.matcher(path).matches());
    }
}
