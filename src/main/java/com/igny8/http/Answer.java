package com.igny8.http;

import com.fasterxml.jackson.annotation.JsonInclude;

import io.swagger.v3.oas.annotations.media.Schema;

import org.jspecify.annotations.Nullable;

/** The envelope of an answer that is one thing. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Answer<T>(
        @Schema(example = "true") boolean success,
        T data,
        @Nullable String message,
        String requestId) {

    public static <T> Answer<T> of(T data) {
        return new Answer<>(true, data, null, RequestId.current());
    }

    public static <T> Answer<T> of(T data, String message) {
        return new Answer<>(true, data, message, RequestId.current());
    }
}
