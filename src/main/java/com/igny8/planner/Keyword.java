package com.igny8.planner;

import com.igny8.kernel.Choice;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/**
 * A search people make, on a site's list. What is not known is null, never 0.
 *
 * @param volume searches a month
 * @param difficulty 0 to 100
 * @param cpcMicros cost per click in millionths of the currency unit
 * @param cluster name and id of its cluster
 */
public record Keyword(
        UUID id,
        UUID siteId,
        @Nullable UUID sectorId,
        String keyword,
        @Nullable String country,
        @Nullable String language,
        @Nullable Long volume,
        @Nullable Integer difficulty,
        @Nullable Long cpcMicros,
        @Nullable Intent intent,
        Status status,
        @Nullable ClusterName cluster) {

    /** The cost per click as a decimal number. */
    public @Nullable BigDecimal cpc() {
        return cpcMicros == null ? null : Cpc.ofMicros(cpcMicros);
    }

    /** How far it is on its way to an article. */
    public enum Status {
        NEW,
        CLUSTERED,
        MAPPED,
        IGNORED;

        /** As in the database and in JSON. */
        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Status of(String key) {
            return valueOf(key.toUpperCase(Locale.ROOT));
        }
    }

    /** Which cluster. */
    public record ClusterName(UUID id, String name) {}

    /** Which keywords of a site are asked for. */
    public record Filter(
            UUID siteId,
            Optional<Status> status,
            @Nullable UUID clusterId,
            Optional<Intent> intent,
            Order order) {

        /** From what was asked; 400 that names the field where there is no such value. */
        static Filter of(
                UUID siteId,
                @Nullable String status,
                @Nullable UUID clusterId,
                @Nullable String intent,
                @Nullable String ordering) {
            return new Filter(
                    siteId,
                    Choice.of("status", status, Status.values(), Status::key),
                    clusterId,
                    Choice.of("intent", intent, Intent.values(), Intent::label),
                    Choice.of("ordering", ordering, Order.values(), Order::key)
                            .orElse(Order.VOLUME_DESCENDING));
        }
    }

    /** In which order. */
    public enum Order {
        KEYWORD("lower(keyword.keyword)", "keyword"),
        VOLUME_DESCENDING("keyword.volume DESC NULLS LAST", "-volume"),
        VOLUME("keyword.volume NULLS LAST", "volume"),
        DIFFICULTY("keyword.difficulty NULLS LAST", "difficulty"),
        DIFFICULTY_DESCENDING("keyword.difficulty DESC NULLS LAST", "-difficulty");

        private final String sql;
        private final String key;

        Order(String sql, String key) {
            this.sql = sql;
            this.key = key;
        }

        String sql() {
            return sql;
        }

        /** As in {@code ordering}. */
        public String key() {
            return key;
        }
    }
}
