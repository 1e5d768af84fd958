package com.igny8.site;

import com.igny8.account.Deletion;

import java.time.Instant;
import java.util.UUID;

/** What a client is told of something it deleted. */
record DeletedView(UUID id, Instant restoreUntil) {
    static DeletedView of(UUID id, Deletion deletion) {
        return new DeletedView(id, deletion.restoreUntil());
    }
}
