package com.igny8.http;

import jakarta.servlet.http.HttpServletRequest;

import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

import java.util.Set;
import java.util.stream.Collectors;

/**
 * Looks for who handles a request among those first whose addresses have the shape of its own: what
 * varies in them, or has a digit as ids do, is left out. An address with an id in it would else be
 * held against every one there is, of hundreds. Where nobody of the shape wants it, it still is.
 */
final class RoutesByShape extends RequestMappingHandlerMapping {
    /** By hand: it is done for each request. */
    private static String shape(String path) {
        StringBuilder shape = new StringBuilder(path.length());
        int segment = 0;
        boolean varies = false;
        for (int i = 0; i <= path.length(); i++) {
            char next = i == path.length() ? '/' : path.charAt(i);
            varies |= next == '{' || next == '*' || (next >= '0' && next <= '9');
            if (next == '/') {
                if (varies) {
                    shape.append('*');
                } else {
                    shape.append(path, segment, i);
                }
                shape.append(i == path.length() ? "" : "/");
                segment = i + 1;
                varies = false;
            }
        }
        return shape.toString();
    }

    @Override
    protected Set<String> getDirectPaths(RequestMappingInfo route) {
        return route.getPatternValues().stream()
                .map(RoutesByShape::shape)
                .collect(Collectors.toSet());
    }

    @Override
    protected String initLookupPath(HttpServletRequest request) {
        return shape(super.initLookupPath(request));
    }
}
