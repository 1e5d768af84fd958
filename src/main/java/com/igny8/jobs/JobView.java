package com.igny8.jobs;

import io.swagger.v3.oas.annotations.media.Schema;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;

import java.util.UUID;

/** A job as clients see it. */
public record JobView(
        UUID id,
        @Schema(example = "auto_cluster") String type,
        @Schema(example = "running") String status,
        @Schema(example = "40") int progress,
        String step,
        @Schema(type = "object") @Nullable JsonNode result,
        @Nullable String error,
        @Nullable String errorCode,
        long creditsCharged) {
    public static JobView of(Job job) {
        return new JobView(
                job.id(),
                job.type(),
                job.status().key(),
                job.progress(),
                job.step(),
                job.result(),
                job.error(),
                job.errorCode(),
                job.creditsCharged());
    }
}
