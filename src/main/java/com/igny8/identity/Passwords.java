package com.igny8.identity;

import com.igny8.kernel.BusyThreads;

import org.jspecify.annotations.Nullable;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import org.springframework.security.crypto.password.DelegatingPasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Component;

import java.util.Map;

/**
 * Password hashes: Argon2id at OWASP's parameters (19 MiB, 2 passes, 1 lane), prefixed with their
 * kind so that a better one can replace them at a sign-in. Those of the earlier system are verified
 * too, with {@code {pbkdf2_sha256}} before them or as they were.
 */
@Component
class Passwords {
    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;
    private static final int LANES = 1;
    private static final int MEMORY_KIB = 19_456;
    private static final int PASSES = 2;

    /** For all that is meant to take its time. */
    static final BusyThreads THREADS = new BusyThreads("passwords");

    private final PasswordEncoder encoder = encoder();

    /** So that an unknown email costs as long to refuse as a wrong password. */
    private final String nobodysHash = hash("nobody has this password");

    private static PasswordEncoder encoder() {
        var argon2 = new Argon2PasswordEncoder(SALT_BYTES, HASH_BYTES, LANES, MEMORY_KIB, PASSES);
        var django = new DjangoPasswordEncoder();
        var encoder =
                new DelegatingPasswordEncoder(
                        "argon2", Map.of("argon2", argon2, "pbkdf2_sha256", django));
        encoder.setDefaultPasswordEncoderForMatches(django);
        return encoder;
    }

    String hash(String password) {
        return THREADS.run(() -> String.valueOf(encoder.encode(password)));
    }

    /** Whether it has bytes to hash: half a surrogate pair, which JSON can carry, has none. */
    static boolean isText(String password) {
        return password.codePoints()
                .noneMatch(character -> Character.getType(character) == Character.SURROGATE);
    }

    boolean matches(String password, @Nullable String hash) {
        if (!isText(password)) {
            return false; // Nobody could choose it, so there is nobody to tell of by the time taken
        }
        String known = hash == null ? nobodysHash : hash;
        return THREADS.run(() -> encoder.matches(password, known)) && hash != null;
    }

    /** Whether the hash is of a kind, or has parameters, that we would not choose any more. */
    boolean isOutdated(String hash) {
        return encoder.upgradeEncoding(hash);
    }
}
