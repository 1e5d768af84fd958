package com.igny8.payment;

import java.util.UUID;

/** The provider keeps a way to pay for an account, to be charged later. */
record MethodKept(UUID accountId, SavedMethod method) implements Finding {}
