package com.igny8.identity;

import com.igny8.http.Answer;
import com.igny8.http.Listing;
import com.igny8.tenancy.Ungated;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;

import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

import java.time.Instant;
import java.util.UUID;

/** Where one is signed in, and ending it. */
@Tag(name = "Sign-in")
@RestController
@RequestMapping("/api/v1/auth/sessions")
@Ungated(Ungated.To.EVERYBODY)
class SessionApi {
    private final ActiveSessions sessions;

    SessionApi(ActiveSessions sessions) {
        this.sessions = sessions;
    }

    record SessionView(
            UUID id,
            @Schema(
                            example = "browser",
                            allowableValues = {"browser", "program"})
                    String kind,
            @Schema(example = "Firefox on Linux") String device,
            @Schema(example = "203.0.113.7") String place,
            Instant createdAt,
            Instant lastSeenAt,
            boolean isCurrent) {
        static SessionView of(ActiveSessions.ActiveSession session) {
            return new SessionView(
                    session.id(),
                    session.isBrowser() ? "browser" : "program",
                    session.device(),
                    session.place(),
                    session.createdAt(),
                    session.lastSeenAt(),
                    session.isCurrent());
        }
    }

    @Operation(
            summary = "Where I am signed in",
            description = "Browsers, and programs with tokens; on whatever account.")
    @GetMapping("/")
    Listing<SessionView> sessions() {
        return Listing.ofAll(
                sessions.of(SignedIn.current().orElseThrow()).stream()
                        .map(SessionView::of)
                        .toList());
    }

    @Operation(summary = "Sign out one of them")
    @DeleteMapping("/{id}/")
    Answer<Done> end(@PathVariable UUID id) {
        sessions.end(SignedIn.current().orElseThrow().user(), id);
        return Answer.of(new Done(), "Signed out there");
    }

    @Operation(summary = "Sign out all others", description = "This sign-in goes on.")
    @DeleteMapping("/")
    Answer<Done> endOthers() {
        SignedIn signedIn = SignedIn.current().orElseThrow();
        sessions.endOthers(signedIn);
        return Answer.of(new Done(), "Signed out everywhere else");
    }
}
