package com.igny8.http;

import static java.util.stream.Collectors.toSet;

import com.igny8.kernel.IfMatch;
import com.igny8.kernel.Problem;

import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.http.ETag;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

import java.util.List;

/** Hands {@code If-Match} to handlers that change something. */
final class IfMatchResolver implements HandlerMethodArgumentResolver {
    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType() == IfMatch.class;
    }

    @Override
    public IfMatch resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer container,
            NativeWebRequest request,
            @Nullable WebDataBinderFactory binderFactory) {
        String header = request.getHeader(HttpHeaders.IF_MATCH);
        if (header == null || header.strip().equals("*")) {
            return IfMatch.ANYTHING;
        }
        List<ETag> tags = ETag.parse(header);
        if (tags.isEmpty()) {
            throw Problem.badRequest(
                    "if_match_invalid", "If-Match must hold the ETag of an earlier answer");
        }
        return new IfMatch(tags.stream().map(ETag::formattedTag).collect(toSet()));
    }
}
