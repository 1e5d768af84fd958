package com.igny8.http;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;

import java.net.URI;

/**
 * A request to this site at the address it is configured to have, whatever its Host header says:
 * that is the sender's, and would stand in the links we answer with.
 */
final class AtPublicAddress extends HttpServletRequestWrapper {
    private final URI address;

    AtPublicAddress(HttpServletRequest request, URI address) {
        super(request);
        this.address = address;
    }

    @Override
    public String getScheme() {
        return address.getScheme();
    }

    @Override
    public String getServerName() {
        return address.getHost();
    }

    @Override
    public int getServerPort() {
        if (address.getPort() >= 0) {
            return address.getPort();
        }
        return getScheme().equals("https") ? 443 : 80;
    }

    @Override
    public StringBuffer getRequestURL() {
        return new StringBuffer(getScheme())
                .append("://")
                .append(address.getAuthority())
                .append(getRequestURI());
    }
}
