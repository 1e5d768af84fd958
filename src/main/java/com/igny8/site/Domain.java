package com.igny8.site;

import java.net.IDN;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The host of a web site, normalised: lower case, ASCII, without scheme, path or {@code www.}; with
 * its port where that is not the usual one.
 */
public record Domain(String value) {
    private static final int MAX_LENGTH = 253;

    private static final int MAX_PORT = 65_535;

    /** Also several: what is read must read as itself again. But {@code www.com} is a host. */
    private static final Pattern WWW = Pattern.compile("^(?:www\\.)+(?=[^.]+\\.[^.])");

    private static final Pattern HOST =
            Pattern.compile(
                    "(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])"
                            + "|localhost|\\d{1,3}(?:\\.\\d{1,3}){3}");

    /**
     * Names that are of a network of one's own, or of none, and never of a site on the internet.
     */
    private static final Set<String> RESERVED =
            Set.of(
                    "localhost",
                    "local",
                    "internal",
                    "intranet",
                    "lan",
                    "home",
                    "corp",
                    "private",
                    "test",
                    "invalid",
                    "onion",
                    "arpa");

    /** Reads what people paste: a bare host or a whole http(s) address. */
    public static Optional<Domain> parse(String input) {
        String text = input.strip();
        if (text.length() > 4 * MAX_LENGTH) {
            return Optional.empty();
        }
        try {
            URI uri = new URI(text.contains("://") ? ascii(text) : "https://" + ascii(text));
            String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
            if (uri.getHost() == null
                    || uri.getUserInfo() != null
                    || !(scheme.equals("http") || scheme.equals("https"))) {
                return Optional.empty();
            }
            String host =
                    WWW.matcher(uri.getHost().toLowerCase(Locale.ROOT))
                            .replaceFirst("")
                            .replaceFirst("\\.$", "");
            boolean usualPort =
                    uri.getPort() == -1 || uri.getPort() == (scheme.equals("http") ? 80 : 443);
            boolean isPort = usualPort || (uri.getPort() >= 1 && uri.getPort() <= MAX_PORT);
            return isPort && host.length() <= MAX_LENGTH && HOST.matcher(host).matches()
                    ? Optional.of(new Domain(usualPort ? host : host + ":" + uri.getPort()))
                    : Optional.empty();
        } catch (URISyntaxException | IllegalArgumentException notAnAddress) {
            return Optional.empty();
        }
    }

    /** Whether visitors could reach it: no name or address of a network of one's own. */
    public boolean isPublic() {
        String host = value.replaceFirst(":\\d+$", "");
        if (host.matches("[\\d.]+")) {
            InetAddress address = InetAddress.ofLiteral(host);
            return !(address.isAnyLocalAddress()
                    || address.isLoopbackAddress()
                    || address.isLinkLocalAddress()
                    || address.isSiteLocalAddress());
        }
        return !RESERVED.contains(host.substring(host.lastIndexOf('.') + 1));
    }

    /** Hosts with letters beyond ASCII, as {@code bücher.de}, in the form the network uses. */
    private static String ascii(String address) {
        int start = address.indexOf("://");
        int hostStart = start < 0 ? 0 : start + 3;
        int hostEnd = hostStart;
        while (hostEnd < address.length() && "/?#:".indexOf(address.charAt(hostEnd)) < 0) {
            hostEnd++;
        }
        return address.substring(0, hostStart)
                + IDN.toASCII(address.substring(hostStart, hostEnd))
                + address.substring(hostEnd);
    }

    @Override
    public String toString() {
        return value;
    }
}
