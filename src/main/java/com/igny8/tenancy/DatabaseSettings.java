package com.igny8.tenancy;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

import java.nio.file.Path;

/**
 * Where the data is.
 *
 * @param dataDir the embedded database and keys
 * @param joins whether the product may run on the data directory already: for commands
 * @param database an external PostgreSQL, used instead of the embedded one where it has a url
 */
@ConfigurationProperties("igny8")
record DatabaseSettings(Path dataDir, boolean joins, External database) {

    /**
     * @param url {@code postgresql://host:port/name} or the same with {@code jdbc:} before it
     * @param user the restricted role the application connects as; where none is named, {@code
     *     igny8_app}, which the migrator makes
     * @param migratorUser owns the schema and may create roles
     * @param poolSize connections to keep for tenant work; platform work keeps half as many
     */
    record External(
            @Nullable String url,
            @Nullable String user,
            @Nullable String password,
            @Nullable String migratorUser,
            @Nullable String migratorPassword,
            int poolSize) {
        External {
            url = blankIsAbsent(url);
            user = blankIsAbsent(user);
            password = blankIsAbsent(password);
            migratorUser = blankIsAbsent(migratorUser);
            migratorPassword = blankIsAbsent(migratorPassword);
        }

        /** An environment often sets a variable to nothing where it means not to set it. */
        private static @Nullable String blankIsAbsent(@Nullable String value) {
            return value == null || value.isBlank() ? null : value;
        }
    }
}
