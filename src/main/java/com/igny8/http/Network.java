package com.igny8.http;

import java.math.BigInteger;
import java.net.InetAddress;
import java.util.Optional;

/** A part of the address space, as {@code 10.0.0.0/8}; an address alone is a network of one. */
record Network(InetAddress base, int bits) {

    /** Nothing where the text is no network. */
    static Optional<Network> parse(String text) {
        String[] parts = text.split("/", 2);
        try {
            InetAddress base = InetAddress.ofLiteral(parts[0]);
            int longest = base.getAddress().length * Byte.SIZE;
            int bits = parts.length == 1 ? longest : Integer.parseInt(parts[1]);
            return bits >= 0 && bits <= longest
                    ? Optional.of(new Network(base, bits))
                    : Optional.empty();
        } catch (IllegalArgumentException notANetwork) {
            return Optional.empty();
        }
    }

    boolean contains(InetAddress address) {
        byte[] own = base.getAddress();
        byte[] other = address.getAddress();
        int insignificant = own.length * Byte.SIZE - bits;
        return own.length == other.length
                && new BigInteger(1, own)
                                .xor(new BigInteger(1, other))
                                .shiftRight(insignificant)
                                .signum()
                        == 0;
    }
}
