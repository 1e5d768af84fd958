package com.igny8.testing;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The passwords of the embedded database's roles, worked out from the one that is kept: written
 * down again here, so that a change of how they are derived, which would lock customers out of
 * their data, does not go unnoticed.
 */
public final class TestRoles {
    private TestRoles() {}

    public static String superuserPassword(Path directory) {
        try {
            return Files.readString(directory.resolve("keys/postgres.password")).strip();
        } catch (java.io.IOException failure) {
            throw new java.io.UncheckedIOException(failure);
        }
    }

    public static String migratorPassword(Path directory) {
        return derived(superuserPassword(directory), "igny8_migrator");
    }

    public static String appPassword(Path directory) {
        return derived(migratorPassword(directory), "igny8_app");
    }

    public static String platformPassword(Path directory) {
        return derived(migratorPassword(directory), "igny8_platform");
    }

    private static String derived(String secret, String role) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(role.getBytes(StandardCharsets.UTF_8)));
        } catch (java.security.GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
