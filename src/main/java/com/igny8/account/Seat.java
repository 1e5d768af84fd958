package com.igny8.account;

import com.igny8.tenancy.Role;

import java.util.UUID;

/**
 * An account that somebody holds a seat in.
 *
 * @param status as in the database and in JSON, or {@code deleted}
 */
public record Seat(UUID accountId, String name, String slug, String status, Role role) {}
