package com.igny8.http;

import com.igny8.kernel.Problem;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Where a call may lead whose address a customer named: to the public internet, and to what {@code
 * IGNY8_OUTBOUND_ALLOW} names beside it, hosts or networks, divided by commas.
 */
@Component
public class Reachable {
    private static final int MAX_LENGTH = 500;
    private static final int MAX_PORT = 65_535;

    /** What IANA keeps for networks of one's own and other special purposes, and 6to4. */
    private static final List<Network> SPECIAL =
            networks(
                    "0.0.0.0/8",
                    "10.0.0.0/8",
                    "100.64.0.0/10",
                    "127.0.0.0/8",
                    "169.254.0.0/16",
                    "172.16.0.0/12",
                    "192.0.0.0/24",
                    "192.0.2.0/24",
                    "192.88.99.0/24",
                    "192.168.0.0/16",
                    "198.18.0.0/15",
                    "198.51.100.0/24",
                    "203.0.113.0/24",
                    "224.0.0.0/3",
                    "2001::/23",
                    "2001:db8::/32",
                    "2002::/16",
                    "3fff::/20");

    /** All of the internet that has long addresses; what lies outside leads to something inside. */
    private static final List<Network> PUBLIC_LONG = networks("2000::/3");

    private static final Pattern DIVIDER = Pattern.compile("[,\\s]+");
    private static final Pattern BRACKETS = Pattern.compile("[\\[\\]]");

    private final Set<String> hosts = new HashSet<>();
    private final List<Network> networks = new ArrayList<>();
    private final Names names;

    @Autowired
    Reachable(@Value("${igny8.outbound-allow}") String allowed) {
        this(allowed, InetAddress::getAllByName);
    }

    Reachable(String allowed, Names names) {
        this.names = names;
        DIVIDER.splitAsStream(allowed.toLowerCase(Locale.ROOT))
                .filter(each -> !each.isEmpty())
                .forEach(this::allow);
    }

    private void allow(String hostOrNetwork) {
        Optional<Network> network = Network.parse(hostOrNetwork);
        if (network.isEmpty() && hostOrNetwork.contains("/")) {
            throw new IllegalArgumentException(
                    "IGNY8_OUTBOUND_ALLOW names %s, which is no network".formatted(hostOrNetwork));
        }
        network.ifPresentOrElse(networks::add, () -> hosts.add(hostOrNetwork));
    }

    /** Tells which addresses a host has. */
    @FunctionalInterface
    interface Names {
        InetAddress[] of(String host) throws UnknownHostException;
    }

    private static List<Network> networks(String... texts) {
        return Arrays.stream(texts).map(Network::parse).flatMap(Optional::stream).toList();
    }

    /**
     * The address that somebody typed; 400 against the field where nothing may be sent there. A
     * name is not looked up: where it leads may be another place by the time of the call.
     */
    public URI require(String field, String typed) {
        URI address = parsed(typed.strip());
        if (address == null) {
            throw Problem.invalid(
                    field, "Enter a whole address, such as https://example.com/hooks");
        }
        String host = address.getHost().toLowerCase(Locale.ROOT);
        Optional<InetAddress> literal = literal(host);
        boolean isAllowed = hosts.contains(host) || literal.filter(this::isAllowed).isPresent();
        if (!isAllowed
                && (isOfThisMachine(host) || literal.filter(Reachable::isSpecial).isPresent())) {
            throw Problem.invalid(
                    field,
                    "Enter an address that can be reached from the internet: this one is private");
        }
        if (!isAllowed && !address.getScheme().equalsIgnoreCase("https")) {
            throw Problem.invalid(field, "Must begin with https://");
        }
        return address;
    }

    private static @Nullable URI parsed(String typed) {
        try {
            URI address = new URI(typed);
            boolean isWeb =
                    "https".equalsIgnoreCase(address.getScheme())
                            || "http".equalsIgnoreCase(address.getScheme());
            boolean isWhole =
                    address.getHost() != null
                            && address.getUserInfo() == null
                            && address.getFragment() == null
                            && address.getPort() != 0
                            && address.getPort() <= MAX_PORT;
            return isWeb && isWhole && typed.length() <= MAX_LENGTH ? address : null;
        } catch (URISyntaxException notAnAddress) {
            return null;
        }
    }

    private static Optional<InetAddress> literal(String host) {
        try {
            return Optional.of(InetAddress.ofLiteral(BRACKETS.matcher(host).replaceAll("")));
        } catch (IllegalArgumentException aName) {
            return Optional.empty();
        }
    }

    private static boolean isOfThisMachine(String host) {
        return host.equals("localhost") || host.endsWith(".localhost");
    }

    /**
     * The addresses of a host that may be connected to. That there are none is told as if the host
     * were unknown: what names there are in our own network is nobody's business.
     */
    InetAddress[] addresses(String host) throws UnknownHostException {
        boolean isAllowed = hosts.contains(host.toLowerCase(Locale.ROOT));
        InetAddress[] reachable =
                Arrays.stream(names.of(host))
                        .filter(each -> isAllowed || isAllowed(each) || !isSpecial(each))
                        .toArray(InetAddress[]::new);
        if (reachable.length == 0) {
            throw new UnknownHostException(host);
        }
        return reachable;
    }

    private boolean isAllowed(InetAddress address) {
        return isIn(networks, address);
    }

    private static boolean isSpecial(InetAddress address) {
        return isIn(SPECIAL, address)
                || (address instanceof Inet6Address && !isIn(PUBLIC_LONG, address));
    }

    private static boolean isIn(List<Network> networks, InetAddress address) {
        return networks.stream().anyMatch(network -> network.contains(address));
    }
}
