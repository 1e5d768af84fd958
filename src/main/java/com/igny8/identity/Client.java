package com.igny8.identity;

import jakarta.servlet.http.HttpServletRequest;

import org.springframework.http.HttpHeaders;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;

/** What sent the request being served: a browser or program, and where it is. */
record Client(String userAgent, String address) {
    private static final int MAX_USER_AGENT_LENGTH = 300;
    private static final int BYTES_OF_A_NETWORK = 8;

    /** Nothing in particular where no request is served. */
    static Client current() {
        return RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes now
                ? of(now.getRequest())
                : new Client("", "");
    }

    private static Client of(HttpServletRequest request) {
        String userAgent =
                Objects.requireNonNullElse(request.getHeader(HttpHeaders.USER_AGENT), "");
        return of(userAgent, request.getRemoteAddr());
    }

    static Client of(String userAgent, String address) {
        return new Client(
                userAgent.substring(0, Math.min(userAgent.length(), MAX_USER_AGENT_LENGTH)),
                address);
    }

    /** The address; of IPv6 the first half, since one customer of a provider has all the rest. */
    String network() {
        try {
            return InetAddress.ofLiteral(address) instanceof Inet6Address long128
                    ? HexFormat.of()
                            .formatHex(Arrays.copyOf(long128.getAddress(), BYTES_OF_A_NETWORK))
                    : address;
        } catch (IllegalArgumentException notAnAddress) {
            return address;
        }
    }
}
