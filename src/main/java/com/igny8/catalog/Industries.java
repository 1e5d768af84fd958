package com.igny8.catalog;

import com.igny8.tenancy.PlatformTransactions;

import org.springframework.stereotype.Component;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The public catalogue of industries and their sectors. */
@Component
public class Industries {
    private final PlatformTransactions platform;

    Industries(PlatformTransactions platform) {
        this.platform = platform;
    }

    public List<Industry> all() {
        return platform.read(
                jdbc -> {
                    Map<Integer, Industry> byId = new LinkedHashMap<>();
                    Map<Integer, List<Industry.Sector>> sectors = new LinkedHashMap<>();
                    jdbc.sql(
                                    """
                                    SELECT industry_id, id, slug, name FROM industry_sector
                                     ORDER BY industry_id, id
                                    """)
                            .query(
                                    row -> {
                                        sectors.computeIfAbsent(
                                                        row.getInt("industry_id"),
                                                        id -> new ArrayList<>())
                                                .add(
                                                        new Industry.Sector(
                                                                row.getInt("id"),
                                                                row.getString("slug"),
                                                                row.getString("name")));
                                    });
                    jdbc.sql("SELECT id, slug, name FROM industry ORDER BY id")
                            .query(
                                    row -> {
                                        int id = row.getInt("id");
                                        byId.put(
                                                id,
                                                new Industry(
                                                        id,
                                                        row.getString("slug"),
                                                        row.getString("name"),
                                                        sectors.getOrDefault(id, List.of())));
                                    });
                    return List.copyOf(byId.values());
                });
    }

    public Optional<Industry> find(int id) {
        return all().stream().filter(industry -> industry.id() == id).findFirst();
    }
}
