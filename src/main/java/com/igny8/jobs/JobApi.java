package com.igny8.jobs;

import com.igny8.http.Answer;
import com.igny8.http.Listing;
import com.igny8.kernel.PageRequest;
import com.igny8.tenancy.Scope;
import com.igny8.tenancy.Scoped;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;

import org.springdoc.core.annotations.ParameterObject;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

import java.util.UUID;

/** Long work, for programs. */
@Tag(name = "Jobs")
@RestController
@RequestMapping("/api/v1/jobs")
class JobApi {
    private final Jobs jobs;
    private final JobStream stream;

    JobApi(Jobs jobs, JobStream stream) {
        this.jobs = jobs;
        this.stream = stream;
    }

    @Operation(
            summary = "Jobs",
            description = "Youngest first: all of the account for admins, one's own for others.")
    @Scoped(Scope.JOBS_READ)
    @GetMapping("/")
    Listing<JobView> jobs(@ParameterObject PageRequest page) {
        return Listing.of(jobs.list(page), JobView::of);
    }

    @Operation(summary = "A job", description = "How far it is, and what came out of it.")
    @Scoped(Scope.JOBS_READ)
    @GetMapping("/{id}/")
    Answer<JobView> job(@PathVariable UUID id) {
        return Answer.of(JobView.of(jobs.get(id)));
    }

    @Operation(
            summary = "Follow a job",
            description =
                    "Server-sent events named `job`, each with the job as data, until it ends. Where you"
                            + " may not follow it any more, `refused` says why, with a code.")
    @Scoped(Scope.JOBS_READ)
    @GetMapping(value = "/{id}/events/", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    SseEmitter events(@PathVariable UUID id) {
        return stream.open(id);
    }

    @Operation(
            summary = "Cancel a job",
            description = "Its credits are released. One that has ended stays as it is.")
    @PostMapping("/{id}/cancel/")
    Answer<JobView> cancel(@PathVariable UUID id) {
        return Answer.of(JobView.of(jobs.cancel(id)));
    }
}
