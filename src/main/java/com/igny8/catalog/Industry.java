package com.igny8.catalog;

import java.util.List;

/** A branch of business of the public catalogue, with its lines of business. */
public record Industry(int id, String slug, String name, List<Sector> sectors) {
    /** A line of business. */
    public record Sector(int id, String slug, String name) {}

    public Industry {
        sectors = List.copyOf(sectors);
    }

    public boolean hasSector(int sectorId) {
        return sectors.stream().anyMatch(sector -> sector.id() == sectorId);
    }
}
