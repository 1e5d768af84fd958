package com.igny8.payment;

import java.time.Instant;

/**
 * What a provider told us has happened, its signature verified.
 *
 * @param eventId the provider's; it may send the same several times
 * @param type such as {@code payment_intent.succeeded}
 * @param payload JSON, as it was sent
 */
record Notice(String eventId, String type, Instant happenedAt, String payload) {}
