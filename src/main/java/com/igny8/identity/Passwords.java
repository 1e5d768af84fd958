package com.igny8.identity;

import com.igny8.kernel.BusyThreads;
import com.igny8.kernel.PlainText;

import org.jspecify.annotations.Nullable;
import org.springframework.security.crypto.password.DelegatingPasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Component;

import java.util.Map;

/**
 * Password hashes: Argon2id, prefixed with their kind so that a better one can replace them at a
 * sign-in. Those of the earlier system are verified too, with {@code {pbkdf2_sha256}} before them
 * or as they were.
 */
@Component
class Passwords {
    /** For all that is meant to take its time. */
    static final BusyThreads THREADS = new BusyThreads("passwords", 12);

    private final PasswordEncoder encoder = encoder();

    /** So that an unknown email costs as long to refuse as a wrong password. */
    private final String nobodysHash = hash("nobody has this password");

    private static PasswordEncoder encoder() {
        var django = new DjangoPasswordEncoder();
        var encoder =
                new DelegatingPasswordEncoder(
                        "argon2", Map.of("argon2", new Argon2Encoder(), "pbkdf2_sha256", django));
        encoder.setDefaultPasswordEncoderForMatches(django);
        return encoder;
    }

    String hash(String password) {
        return THREADS.run(() -> String.valueOf(encoder.encode(password)));
    }

    /** Whether it has bytes to hash: half a surrogate pair, which JSON can carry, has none. */
    static boolean isText(String password) {
        return PlainText.isWellFormed(password);
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
