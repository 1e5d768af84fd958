package com.igny8.payment;

import java.net.URI;

/**
 * A page of the provider's that waits for the customer.
 *
 * @param reference how the provider calls it
 */
record Checkout(String reference, URI url) {}
