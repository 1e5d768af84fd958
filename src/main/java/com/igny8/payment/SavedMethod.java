package com.igny8.payment;

import java.util.Map;

/**
 * What a provider keeps, to be charged without the customer.
 *
 * @param details what people recognise it by: {@code brand, last4, expires} or {@code email}
 */
record SavedMethod(String customerReference, String methodReference, Map<String, String> details) {
    SavedMethod {
        details = Map.copyOf(details);
    }
}
