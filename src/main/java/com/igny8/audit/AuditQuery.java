package com.igny8.audit;

import com.igny8.kernel.Days;
import com.igny8.kernel.Problem;

import org.jspecify.annotations.Nullable;
import org.springframework.web.util.UriComponentsBuilder;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * What the form over the log asks for: texts, empty where nothing was chosen.
 *
 * @param area what the action begins with
 * @param from a day, as {@code 2026-11-21}, in UTC like the next
 * @param to a day, with all that was done on it
 */
public record AuditQuery(
        @Nullable String area,
        @Nullable String actor,
        @Nullable String target,
        @Nullable String from,
        @Nullable String to) {
    /** What one may choose from, by what the action begins with. */
    public static final Map<String, String> AREAS = areas();

    private static Map<String, String> areas() {
        Map<String, String> areas = new LinkedHashMap<>();
        areas.put("user.", "Signing in and out");
        areas.put("member.", "Members");
        areas.put("invitation.", "Invitations");
        areas.put("api_key.", "API keys");
        areas.put("site", "Sites");
        areas.put("sector.", "Sectors");
        areas.put("keyword", "Keywords");
        areas.put("cluster.", "Clusters");
        areas.put("job.", "Jobs");
        areas.put("credit", "Credits");
        areas.put("billing_details.", "Billing details");
        areas.put("invoice.", "Invoices");
        areas.put("account.", "The account");
        return areas;
    }

    public AuditFilter filter() {
        Optional<LocalDate> first = day("from", from);
        Optional<LocalDate> last = day("to", to);
        Days days = Days.of(first.orElse(null), last.orElse(null));
        return new AuditFilter(
                area,
                present(actor).map(AuditQuery::uuid).orElse(null),
                target,
                first.map(day -> days.start()).orElse(null),
                last.map(day -> days.end()).orElse(null));
    }

    private static Optional<String> present(@Nullable String text) {
        return Optional.ofNullable(text).filter(some -> !some.isBlank());
    }

    private static UUID uuid(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException notAnId) {
            throw Problem.invalid("actor", "This value is not of the right kind");
        }
    }

    private static Optional<LocalDate> day(String field, @Nullable String text) {
        try {
            return present(text).map(LocalDate::parse);
        } catch (DateTimeParseException notADay) {
            throw Problem.invalid(field, "Write the day as 2026-11-21");
        }
    }

    /**
     * Where the same question is asked from another place on; null where there is no such place.
     */
    public @Nullable String address(String path, @Nullable String cursor) {
        if (cursor == null) {
            return null;
        }
        var address = UriComponentsBuilder.fromUriString(path);
        Map<String, String> asked = new LinkedHashMap<>();
        present(area).ifPresent(value -> asked.put("area", value));
        present(actor).ifPresent(value -> asked.put("actor", value));
        present(target).ifPresent(value -> asked.put("target", value));
        present(from).ifPresent(value -> asked.put("from", value));
        present(to).ifPresent(value -> asked.put("to", value));
        present(cursor).ifPresent(value -> asked.put("cursor", value));
        asked.keySet().forEach(name -> address.queryParam(name, "{" + name + "}"));
        return address.encode().buildAndExpand(asked).toUriString();
    }
}
