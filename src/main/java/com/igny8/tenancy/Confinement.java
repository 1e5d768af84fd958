package com.igny8.tenancy;

import java.util.Set;
import java.util.UUID;

/**
 * What an API key is confined to: one site of its account, and what it may do there.
 *
 * @param keyId of the key, not a secret
 */
public record Confinement(String keyId, UUID siteId, Set<Scope> scopes) {}
