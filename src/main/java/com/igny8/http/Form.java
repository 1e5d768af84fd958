package com.igny8.http;

import com.igny8.kernel.Problem;

import org.jspecify.annotations.Nullable;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What somebody typed into a form, and what is wrong with it: the page shows it again as they left
 * it. Only the fields that the form names are kept.
 */
public final class Form {
    private final Map<String, String> values;
    private final @Nullable Problem refusal;

    private Form(Map<String, String> values, @Nullable Problem refusal) {
        this.values = values;
        this.refusal = refusal;
    }

    /** A form nobody has filled in. */
    public static Form blank(String... fields) {
        return sent(Map.of(), fields);
    }

    /** The named fields of what was sent; those not sent are empty. */
    public static Form sent(Map<String, String> parameters, String... fields) {
        Map<String, String> values = new LinkedHashMap<>();
        for (String field : fields) {
            values.put(field, parameters.getOrDefault(field, ""));
        }
        return new Form(values, null);
    }

    /** The same form, to be shown with what is wrong. */
    public Form refused(Problem problem) {
        return new Form(values, problem);
    }

    /** The same form without what must not be sent back, such as a password. */
    public Form forgetting(String field) {
        Map<String, String> rest = new LinkedHashMap<>(values);
        rest.put(field, "");
        return new Form(rest, refusal);
    }

    /** What was typed into a field; empty where nothing was. */
    public String value(String field) {
        return values.getOrDefault(field, "");
    }

    /**
     * What was chosen in a field whose values are numbers; 0, which nothing has, where none was.
     */
    public int number(String field) {
        try {
            return Integer.parseInt(value(field));
        } catch (NumberFormatException notANumber) {
            return 0;
        }
    }

    /** What is wrong with a field, in sentences. */
    public List<String> errors(String field) {
        return refusal == null ? List.of() : refusal.fields().getOrDefault(field, List.of());
    }

    /** What is wrong beside the fields: to be shown above them; null where nothing is. */
    public @Nullable Problem alert() {
        if (refusal == null) {
            return null;
        }
        Set<String> blamed = refusal.fields().keySet();
        return !blamed.isEmpty() && values.keySet().containsAll(blamed) ? null : refusal;
    }
}
