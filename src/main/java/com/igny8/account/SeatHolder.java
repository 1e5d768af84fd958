package com.igny8.account;

import com.igny8.tenancy.Role;

import java.time.Instant;

/** A person's place in an account, as the operator sees it. */
public record SeatHolder(String email, String name, Role role, Instant since) {}
