package com.igny8.tenancy;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import javax.sql.DataSource;

/**
 * The roles of the database beside the migrator, which owns the schema: {@value #APP}, for which
 * row level security applies, and {@value #PLATFORM}, which policies let see every account. None of
 * them is a superuser or may bypass row level security.
 */
final class DatabaseRoles {
    static final String MIGRATOR = "igny8_migrator";
    static final String APP = "igny8_app";
    static final String PLATFORM = "igny8_platform";

    /** Any constant key of our own will do: two nodes that start together take turns. */
    private static final long START_LOCK = 0x1691_5168L;

    private DatabaseRoles() {}

    /** Makes the roles where they are missing; several nodes may do so at once. */
    static void ensure(DataSource migrator, String migratorPassword, @Nullable String appLogin) {
        JdbcClient jdbc = JdbcClient.create(migrator);
        jdbc.sql("SELECT pg_advisory_lock(:key)").param("key", START_LOCK).query().singleRow();
        try {
            ensureLogin(jdbc, APP, derivedPassword(migratorPassword, APP));
            ensureLogin(jdbc, PLATFORM, derivedPassword(migratorPassword, PLATFORM));
            // Stepping down is allowed, inheriting is not: the platform has no tenant's rights
            execute(jdbc, "GRANT igny8_app TO igny8_platform WITH INHERIT FALSE, SET TRUE");
            if (appLogin != null && !appLogin.equals(APP)) {
                execute(jdbc, "GRANT igny8_app TO " + quoted(appLogin));
            }
            assertRestricted(jdbc, appLogin == null ? APP : appLogin);
            assertRestricted(jdbc, PLATFORM);
        } finally {
            jdbc.sql("SELECT pg_advisory_unlock(:key)")
                    .param("key", START_LOCK)
                    .query()
                    .singleRow();
        }
    }

    private static void ensureLogin(JdbcClient jdbc, String role, String password) {
        boolean exists =
                jdbc.sql("SELECT EXISTS (SELECT FROM pg_roles WHERE rolname = :role)")
                        .param("role", role)
                        .query(Boolean.class)
                        .single();
        execute(
                jdbc,
                (exists ? "ALTER ROLE " : "CREATE ROLE ")
                        + role
                        + " LOGIN PASSWORD '"
                        + password
                        + "'");
    }

    private static void assertRestricted(JdbcClient jdbc, String role) {
        boolean restricted =
                jdbc.sql(
                                """
                                SELECT NOT (rolsuper OR rolbypassrls)
                                  FROM pg_roles WHERE rolname = :role
                                """)
                        .param("role", role)
                        .query(Boolean.class)
                        .single();
        if (!restricted) {
            throw new StartupRefused(
                    "The database role "
                            + role
                            + " is a superuser or bypasses row level security."
                            + " The application must connect as an ordinary role.");
        }
    }

    /** Every node that knows the one secret finds the same password, and none is stored. */
    static String derivedPassword(String secret, String role) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(role.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static String quoted(String identifier) {
        return '"' + identifier.replace("\"", "\"\"") + '"';
    }

    private static void execute(JdbcClient jdbc, String sql) {
        jdbc.sql(sql).update();
    }
}
