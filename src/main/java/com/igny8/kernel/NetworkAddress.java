package com.igny8.kernel;

import org.jspecify.annotations.Nullable;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Addresses of the network as people read them. */
public final class NetworkAddress {
    private static final int GROUPS = 8;
    private static final Pattern ZEROS = Pattern.compile("\\b0(?::0)+\\b");

    private NetworkAddress() {}

    /** Our own machine in words, IPv6 in its short form; nothing for what is not known. */
    public static @Nullable String inWords(@Nullable String address) {
        if (address == null || address.isBlank()) {
            return null;
        }
        try {
            InetAddress literal = InetAddress.ofLiteral(address);
            if (literal.isLoopbackAddress()) {
                return "The machine IGNY8 runs on";
            }
            return literal instanceof Inet6Address long128 ? shortened(long128) : address;
        } catch (IllegalArgumentException notAnAddress) {
            return address;
        }
    }

    /** As RFC 5952 wants it: the first of the longest runs of zeros is left out. */
    private static String shortened(Inet6Address address) {
        ByteBuffer bytes = ByteBuffer.wrap(address.getAddress());
        StringBuilder groups = new StringBuilder();
        for (int i = 0; i < GROUPS; i++) {
            groups.append(i == 0 ? "" : ":").append(Integer.toHexString(bytes.getShort() & 0xffff));
        }
        String all = groups.toString();
        return ZEROS.matcher(all)
                .results()
                .reduce((one, next) -> next.group().length() > one.group().length() ? next : one)
                .map(zeros -> without(all, zeros))
                .orElse(all);
    }

    private static String without(String all, MatchResult zeros) {
        String before = all.substring(0, zeros.start());
        String after = all.substring(zeros.end());
        return (before.isEmpty() ? ":" : before) + (after.isEmpty() ? ":" : after);
    }
}
