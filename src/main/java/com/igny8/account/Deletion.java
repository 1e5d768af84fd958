package com.igny8.account;

import java.time.Instant;
import java.util.UUID;

/**
 * Something being deleted so that it can be had back.
 *
 * @param restoreUntil from then on it is erased
 */
public record Deletion(Instant at, UUID by, Instant restoreUntil) {}
