package com.igny8.identity;

import com.igny8.testing.Customer;

import org.jspecify.annotations.Nullable;

import java.util.concurrent.ConcurrentHashMap;

/**
 * The product's passwords, but that the one all customers of tests have is hashed once, as the
 * product hashes it, and not again for each: that is most of what signing up costs. Verifying takes
 * what it takes, unless a bench leaves it out to warm up all the rest.
 */
public final class RememberedPasswords extends Passwords {
    private static final ConcurrentHashMap<String, String> HASHES = new ConcurrentHashMap<>();

    private volatile boolean isTrusting;

    @Override
    String hash(String password) {
        return password.equals(Customer.PASSWORD)
                ? HASHES.computeIfAbsent(password, super::hash)
                : super.hash(password);
    }

    /** Whether every password is right from now on, and costs nothing. */
    void trust(boolean everybody) {
        isTrusting = everybody;
    }

    @Override
    boolean matches(String password, @Nullable String hash) {
        return isTrusting ? THREADS.run(() -> true) : super.matches(password, hash);
    }
}
