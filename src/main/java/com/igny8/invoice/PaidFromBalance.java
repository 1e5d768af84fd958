package com.igny8.invoice;

/** An invoice was paid, as far as it is paid, from what its customer has with us, at its issue. */
public record PaidFromBalance(Invoice invoice) {}
