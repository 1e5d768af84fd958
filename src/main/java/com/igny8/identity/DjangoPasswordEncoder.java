package com.igny8.identity;

import org.jspecify.annotations.Nullable;
import org.springframework.security.crypto.password.PasswordEncoder;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * Verifies hashes that the earlier system, a Django application, wrote: {@code
 * pbkdf2_sha256$<iterations>$<salt>$<base64>}. It makes none.
 */
final class DjangoPasswordEncoder implements PasswordEncoder {
    private static final Pattern FORM =
            Pattern.compile(
                    "pbkdf2_sha256\\$([1-9]\\d{0,6})\\$([^$]{1,128})\\$([A-Za-z0-9+/]{43}=)");

    /** Thrice what Django does by now; a hash that asks for more is meant to keep us busy. */
    private static final int MAX_ITERATIONS = 5_000_000;

    private static final int HASH_BITS = 256;

    @Override
    public boolean matches(@Nullable CharSequence password, @Nullable String hash) {
        Matcher parts = FORM.matcher(hash == null ? "" : hash);
        if (password == null || password.isEmpty() || !parts.matches()) {
            return false;
        }
        int iterations = Integer.parseInt(parts.group(1));
        return iterations <= MAX_ITERATIONS
                && MessageDigest.isEqual(
                        derived(password.toString(), parts.group(2), iterations),
                        Base64.getDecoder().decode(parts.group(3)));
    }

    private static byte[] derived(String password, String salt, int iterations) {
        try {
            return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                    .generateSecret(
                            new PBEKeySpec(
                                    password.toCharArray(),
                                    salt.getBytes(StandardCharsets.UTF_8),
                                    iterations,
                                    HASH_BITS))
                    .getEncoded();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** All of them are to be replaced. */
    @Override
    public boolean upgradeEncoding(@Nullable String hash) {
        return true;
    }

    @Override
    public String encode(@Nullable CharSequence password) {
        throw new UnsupportedOperationException("New passwords are hashed by Argon2id");
    }
}
