package com.igny8.account;

import java.util.List;
import java.util.UUID;

/**
 * Somebody took the seat that was offered to them; told within the transaction that gives it.
 *
 * @param siteIds what they were promised to be let into
 */
public record MemberJoined(UUID accountId, UUID userId, UUID invitedBy, List<UUID> siteIds) {}
