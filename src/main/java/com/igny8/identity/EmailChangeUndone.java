package com.igny8.identity;

import java.time.Instant;
import java.util.UUID;

/**
 * Somebody took their old address back: since then, another may have acted in their name. Told in
 * the transaction that undoes it.
 */
public record EmailChangeUndone(UUID userId, Instant since) {}
