package com.igny8.kernel;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A refusal with a stable code: what the caller did wrong or may not do, said so that it can be put
 * right. The {@link #status} is the HTTP status it becomes at the edge.
 */
public final class Problem extends RuntimeException {
    private final int status;
    private final String code;
    private final Map<String, List<String>> fields;
    private final Map<String, Object> details;

    private Problem(
            int status,
            String code,
            String sentence,
            Map<String, List<String>> fields,
            Map<String, Object> details) {
        // A refusal is an answer, not a failure of the program: its stack would only cost time
        super(sentence, null, false, false);
        this.status = status;
        this.code = code;
        this.fields = fields;
        this.details = details;
    }

    /** 400 that names one field. */
    public static Problem invalid(String field, String sentence) {
        return invalid(Map.of(field, List.of(sentence)));
    }

    /** 400 that names every field that is wrong, each with its sentences. */
    public static Problem invalid(Map<String, List<String>> fields) {
        Map<String, List<String>> sorted = new TreeMap<>(fields);
        String sentence =
                sorted.size() == 1
                        ? sorted.values().iterator().next().getFirst()
                        : "Some fields are not right: " + String.join(", ", sorted.keySet());
        return new Problem(400, "validation_failed", sentence, sorted, Map.of());
    }

    /** 400 that names one field, with a code of its own for a program to branch on. */
    public static Problem invalid(String code, String field, String sentence) {
        return new Problem(400, code, sentence, Map.of(field, List.of(sentence)), Map.of());
    }

    /** 400 about the request as a whole. */
    public static Problem badRequest(String code, String sentence) {
        return of(400, code, sentence);
    }

    /** 401: who is asking is not known. */
    public static Problem unauthenticated(String code, String sentence) {
        return of(401, code, sentence);
    }

    /** 403: known, but not allowed. */
    public static Problem forbidden(String code, String sentence) {
        return of(403, code, sentence);
    }

    /** 404; also the answer for what belongs to somebody else. */
    public static Problem notFound(String what) {
        return of(404, "not_found", what + " not found");
    }

    /** 409: right in itself, but not in the present state. */
    public static Problem conflict(String code, String sentence) {
        return of(409, code, sentence);
    }

    /** A problem with any status. */
    public static Problem of(int status, String code, String sentence) {
        return new Problem(status, code, sentence, Map.of(), Map.of());
    }

    /** The same problem with one more machine-readable detail beside the code. */
    public Problem with(String name, Object value) {
        Map<String, Object> more = new TreeMap<>(details);
        more.put(name, value);
        return new Problem(status, code, sentence(), fields, more);
    }

    public int status() {
        return status;
    }

    /** Stable, in snake_case; clients branch on it. */
    public String code() {
        return code;
    }

    /** For people: one sentence. */
    public String sentence() {
        return String.valueOf(getMessage());
    }

    /** Field name to sentences; empty where no field is to blame. */
    public Map<String, List<String>> fields() {
        return fields;
    }

    /** Such as {@code required} and {@code available} of {@code insufficient_credits}. */
    public Map<String, Object> details() {
        return details;
    }
}
