package com.igny8.invoice;

import com.igny8.kernel.Money;

import java.util.UUID;

/** An invoice that is about to be issued is paid by what its customer has with us, or partly so. */
public record PaidFromBalance(UUID invoiceId, Money amount) {}
