package com.igny8.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Collects what is wrong with the fields of one request, so that all of it is said at once. */
public final class FieldErrors {
    private final Map<String, List<String>> errors = new TreeMap<>();

    /** Notes the sentence against the field unless the condition holds. */
    public FieldErrors require(boolean condition, String field, String sentence) {
        if (!condition) {
            errors.computeIfAbsent(field, name -> new ArrayList<>()).add(sentence);
        }
        return this;
    }

    /** Runs checks that throw a {@link Problem} of their own, and notes the fields it names. */
    public FieldErrors collect(Runnable checks) {
        try {
            checks.run();
        } catch (Problem problem) {
            if (problem.fields().isEmpty()) {
                throw problem;
            }
            problem.fields()
                    .forEach(
                            (field, sentences) ->
                                    sentences.forEach(sentence -> require(false, field, sentence)));
        }
        return this;
    }

    /** Throws one {@link Problem} that names every field noted; nothing where none was. */
    public void throwIfAny() {
        if (!errors.isEmpty()) {
            throw Problem.invalid(errors);
        }
    }
}
