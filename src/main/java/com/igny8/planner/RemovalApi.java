package com.igny8.planner;

import com.igny8.account.Deletion;
import com.igny8.http.Answer;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;

import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;

/** Deleting keywords and clusters and having them back, for programs. */
@Tag(name = "Planner")
@RestController
@RequestMapping("/api/v1/planner")
class RemovalApi {
    private static final int MAX_IDS = 1_000;

    private final Removal removal;

    RemovalApi(Removal removal) {
        this.removal = removal;
    }

    record IdsBody(@NotNull @Size(min = 1, max = MAX_IDS) List<@NotNull UUID> ids) {

        int different() {
            return new HashSet<>(ids).size();
        }
    }

    record RemovedView(int deleted, Instant restoreUntil) {
        static RemovedView of(int deleted, Deletion deletion) {
            return new RemovedView(deleted, deletion.restoreUntil());
        }
    }

    record RestoredCountView(int restored) {}

    @Operation(
            summary = "Delete a keyword",
            description =
                    "A cluster that loses its last one goes with it. It can be restored until"
                            + " `restore_until`; imported again, it comes in as a new one.")
    @DeleteMapping("/keywords/{id}/")
    Answer<RemovedView> deleteKeyword(@PathVariable UUID id) {
        return Answer.of(RemovedView.of(1, removal.deleteKeywords(List.of(id))));
    }

    @Operation(
            summary = "Delete keywords",
            description = "Up to 1,000, all or none: 404 where one of them is not there.")
    @PostMapping("/keywords/delete/")
    Answer<RemovedView> deleteKeywords(@Valid @RequestBody IdsBody body) {
        return Answer.of(RemovedView.of(body.different(), removal.deleteKeywords(body.ids())));
    }

    @Operation(
            summary = "Restore a deleted keyword",
            description = "409 `keyword_exists` where it was imported again meanwhile.")
    @PostMapping("/keywords/{id}/restore/")
    Answer<RestoredCountView> restoreKeyword(@PathVariable UUID id) {
        removal.restoreKeywords(List.of(id));
        return Answer.of(new RestoredCountView(1));
    }

    @Operation(
            summary = "Restore deleted keywords",
            description = "Up to 1,000, all or none, as with one.")
    @PostMapping("/keywords/restore/")
    Answer<RestoredCountView> restoreKeywords(@Valid @RequestBody IdsBody body) {
        removal.restoreKeywords(body.ids());
        return Answer.of(new RestoredCountView(body.different()));
    }

    @Operation(
            summary = "Delete a cluster",
            description =
                    "Its keywords stay, in no cluster. Restored until `restore_until`, it has those"
                            + " again that nobody put elsewhere meanwhile.")
    @DeleteMapping("/clusters/{id}/")
    Answer<RemovedView> deleteCluster(@PathVariable UUID id) {
        return Answer.of(RemovedView.of(1, removal.deleteClusters(List.of(id))));
    }

    @Operation(
            summary = "Delete clusters",
            description = "Up to 1,000, all or none: 404 where one of them is not there.")
    @PostMapping("/clusters/delete/")
    Answer<RemovedView> deleteClusters(@Valid @RequestBody IdsBody body) {
        return Answer.of(RemovedView.of(body.different(), removal.deleteClusters(body.ids())));
    }

    @Operation(summary = "Restore a deleted cluster")
    @PostMapping("/clusters/{id}/restore/")
    Answer<RestoredCountView> restoreCluster(@PathVariable UUID id) {
        removal.restoreClusters(List.of(id));
        return Answer.of(new RestoredCountView(1));
    }

    @Operation(
            summary = "Restore deleted clusters",
            description = "Up to 1,000, all or none: 404 where one of them is not there.")
    @PostMapping("/clusters/restore/")
    Answer<RestoredCountView> restoreClusters(@Valid @RequestBody IdsBody body) {
        removal.restoreClusters(body.ids());
        return Answer.of(new RestoredCountView(body.different()));
    }
}
