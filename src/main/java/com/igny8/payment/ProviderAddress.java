package com.igny8.payment;

import java.net.URI;
import java.util.Set;

/** Where keys and money may be sent to: over TLS, or to a stand-in on this machine. */
final class ProviderAddress {
    private static final Set<String> THIS_MACHINE = Set.of("127.0.0.1", "localhost", "[::1]");

    private ProviderAddress() {}

    /** Fails the start of the product where a setting names another kind of address. */
    static void require(URI address, String setting) {
        if (!isSafe(address)) {
            throw new IllegalArgumentException(
                    setting + " must be an https address, such as https://api.example.com");
        }
    }

    /** Also for pages of a provider's that customers are sent to. */
    static boolean isSafe(URI address) {
        String host = address.getHost();
        return host != null
                && address.getUserInfo() == null
                && ("https".equals(address.getScheme())
                        || ("http".equals(address.getScheme()) && THIS_MACHINE.contains(host)));
    }
}
