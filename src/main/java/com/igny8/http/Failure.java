package com.igny8.http;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.igny8.kernel.Problem;

import io.swagger.v3.oas.annotations.media.Schema;

import java.util.List;
import java.util.Map;

/**
 * The envelope of a refusal.
 *
 * @param error a sentence for people
 * @param code what a program branches on
 * @param errors field to sentences, where fields are to blame
 * @param details more for the program, beside the code: {@code required}, {@code limit} …
 */
public record Failure(
        @Schema(example = "false") boolean success,
        @Schema(example = "The password is too short") String error,
        @Schema(example = "validation_failed") String code,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, List<String>> errors,
        @Schema(hidden = true) @JsonAnyGetter Map<String, Object> details,
        String requestId) {

    static Failure of(Problem problem) {
        return new Failure(
                false,
                problem.sentence(),
                problem.code(),
                problem.fields(),
                problem.details(),
                RequestId.current());
    }
}
