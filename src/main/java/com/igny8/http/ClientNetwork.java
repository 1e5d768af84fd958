package com.igny8.http;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.HexFormat;

/** Whom an address stands for, as far as one can tell who share it. */
final class ClientNetwork {
    private static final int BYTES_OF_A_CUSTOMER = 8;

    private ClientNetwork() {}

    /**
     * An IPv4 address itself; of an IPv6 address its first 64 bits, since that is what one customer
     * of a provider gets: 18 quintillion addresses to come from.
     */
    static String of(String address) {
        InetAddress parsed;
        try {
            parsed = InetAddress.ofLiteral(address);
        } catch (IllegalArgumentException notAnAddress) {
            return address;
        }
        return parsed instanceof Inet6Address
                ? HexFormat.ofDelimiter(":")
                                .formatHex(Arrays.copyOf(parsed.getAddress(), BYTES_OF_A_CUSTOMER))
                        + "::/64"
                : parsed.getHostAddress();
    }
}
