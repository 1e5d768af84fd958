package com.igny8.site;

import java.util.UUID;

/** A line of business on a site. */
public record Sector(UUID id, UUID siteId, String name, String slug, int industrySectorId) {}
