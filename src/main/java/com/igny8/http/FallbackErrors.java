package com.igny8.http;

import com.igny8.kernel.Problem;

import io.swagger.v3.oas.annotations.Hidden;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;

import java.io.IOException;

/** Answers for what failed outside the controllers, in filters and in the server itself. */
@Hidden
@Controller
public class FallbackErrors implements ErrorController {
    private static final String PROBLEM = Problem.class.getName();

    /** Answers with a problem from a filter, where a page is wanted: see {@link ErrorWriter}. */
    public static void send(
            Problem problem, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        request.setAttribute(PROBLEM, problem);
        response.sendError(problem.status());
    }

    @RequestMapping("/error")
    Object error(HttpServletRequest request, HttpServletResponse response) {
        Object path = request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI);
        var original =
                new HttpServletRequestWrapper(request) {
                    @Override
                    public String getRequestURI() {
                        return String.valueOf(path);
                    }
                };
        return ErrorMapping.answer(problem(request), original, response);
    }

    private static Problem problem(HttpServletRequest request) {
        if (request.getAttribute(PROBLEM) instanceof Problem problem) {
            return problem;
        }
        Object status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
        return ErrorMapping.ofStatus(status instanceof Integer code ? code : 404);
    }
}
