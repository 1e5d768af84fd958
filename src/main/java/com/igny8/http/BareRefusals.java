package com.igny8.http;

import com.igny8.kernel.Problem;

import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * The envelope for what the server itself refuses before any filter of ours sees it: requests that
 * are hardly HTTP. The server would answer with a page of its own. Public, because the server makes
 * it by name.
 */
public final class BareRefusals extends ErrorReportValve {
    @Override
    protected void report(Request request, Response response, @Nullable Throwable failure) {
        if (response.getStatus() < 400
                || response.getContentWritten() > 0
                || !response.setErrorReported()) {
            return;
        }
        Problem problem = ErrorMapping.ofStatus(response.getStatus());
        String id = response.getHeader(RequestId.HEADER);
        if (id == null) {
            id = RequestId.choose(null);
            response.setHeader(RequestId.HEADER, id);
        }
        byte[] body =
                "{\"success\":false,\"error\":\"%s\",\"code\":\"%s\",\"request_id\":\"%s\"}"
                        .formatted(problem.sentence(), problem.code(), id)
                        .getBytes(StandardCharsets.UTF_8);
        try {
            response.setContentType("application/json");
            response.setContentLength(body.length);
            response.getOutputStream().write(body);
            response.finishResponse();
        } catch (IOException | IllegalStateException nobodyListens) {
            container.getLogger().debug("A refusal could not be told", nobodyListens);
        }
    }
}
