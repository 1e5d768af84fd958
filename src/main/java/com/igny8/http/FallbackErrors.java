package com.igny8.http;

import io.swagger.v3.oas.annotations.Hidden;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;

/** Answers for what failed outside the controllers, in filters and in the server itself. */
@Hidden
@Controller
class FallbackErrors implements ErrorController {
    @RequestMapping("/error")
    Object error(HttpServletRequest request, HttpServletResponse response) {
        Object status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
        Object path = request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI);
        var original =
                new HttpServletRequestWrapper(request) {
                    @Override
                    public String getRequestURI() {
                        return String.valueOf(path);
                    }
                };
        return ErrorMapping.answer(
                ErrorMapping.ofStatus(status instanceof Integer code ? code : 404),
                original,
                response);
    }
}
