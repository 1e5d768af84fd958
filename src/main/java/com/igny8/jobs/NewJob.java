package com.igny8.jobs;

import org.jspecify.annotations.Nullable;

import java.util.UUID;

/**
 * Work to be done.
 *
 * @param type names the {@link JobHandler}
 * @param payload what the handler needs to know; becomes JSON
 * @param exclusive of jobs with the same, the account may have one under way; null for any number
 * @param holdId credits reserved for it
 */
public record NewJob(
        String type,
        @Nullable UUID siteId,
        Object payload,
        @Nullable String exclusive,
        @Nullable UUID holdId) {}
