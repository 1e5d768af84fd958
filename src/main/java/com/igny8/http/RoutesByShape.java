package com.igny8.http;

import jakarta.servlet.http.HttpServletRequest;

import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Looks for who handles a request among those first whose addresses have the shape of its own: what
 * varies in them, or has a digit as ids do, is left out. An address with an id in it would else be
 * held against every one there is, of hundreds. Where nobody of the shape wants it, it still is.
 */
final class RoutesByShape extends RequestMappingHandlerMapping {
    private static final Pattern VARYING = Pattern.compile("(?<=/)[^/{*\\d]*+[{*\\d][^/]*+");

    private static String shape(String path) {
        return VARYING.matcher(path).replaceAll("*");
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
