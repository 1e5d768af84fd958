package com.igny8.planner;

import org.jspecify.annotations.Nullable;

import java.util.UUID;

/**
 * Keywords that one page can answer.
 *
 * @param totalVolume searches a month of those whose volume is known
 * @param intent what most of its searchers are after
 */
public record Cluster(
        UUID id,
        UUID siteId,
        String name,
        long keywordCount,
        long totalVolume,
        @Nullable Intent intent,
        String status) {}
