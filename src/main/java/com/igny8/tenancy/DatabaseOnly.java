package com.igny8.tenancy;

import org.springframework.context.annotation.Import;

/** The migrated database and the way to it, for commands that need nothing else of the product. */
@Import({
    DatabaseConfiguration.class,
    AccessChanges.class,
    ClockConfiguration.class,
    PlatformTransactions.class,
    TenantTransactions.class
})
public final class DatabaseOnly {
    private DatabaseOnly() {}
}
