package com.igny8.identity;

import com.igny8.testing.Customer;

import java.util.concurrent.ConcurrentHashMap;

/**
 * The product's passwords, but that the one all customers of tests have is hashed once, as the
 * product hashes it, and not again for each: that is most of what signing up costs. Verifying takes
 * what it takes.
 */
public final class RememberedPasswords extends Passwords {
    private static final ConcurrentHashMap<String, String> HASHES = new ConcurrentHashMap<>();

    @Override
    String hash(String password) {
        return password.equals(Customer.PASSWORD)
                ? HASHES.computeIfAbsent(password, super::hash)
                : super.hash(password);
    }
}
