package com.igny8.catalog;

import java.time.Instant;
import java.util.UUID;

/** Terms that a plan has or had, numbered from 1. */
public record PlanVersion(UUID id, int number, PlanTerms terms, Instant createdAt) {}
