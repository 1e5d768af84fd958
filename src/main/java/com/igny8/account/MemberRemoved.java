package com.igny8.account;

import java.util.UUID;

/** Somebody left, or was removed; told within the transaction that takes the seat. */
public record MemberRemoved(UUID accountId, UUID userId) {}
