package com.igny8.identity;

import com.igny8.testing.Product;

/** The hashing of a password, as a sign-up does it: what it costs apart from all else. */
public final class BareHash {
    /** That of customers of tests is hashed once only, see {@link RememberedPasswords}. */
    public static final String PASSWORD = "violet anvil harbour";

    private final Passwords passwords;

    public BareHash(Product product) {
        this.passwords = product.bean(Passwords.class);
    }

    /** Gives a hash, so that it is not left out as needless. */
    public String make() {
        return passwords.hash(PASSWORD);
    }
}
