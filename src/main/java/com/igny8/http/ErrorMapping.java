package com.igny8.http;

import com.igny8.kernel.Problem;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.apache.tomcat.util.http.InvalidParameterException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.validation.BindException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.multipart.MaxUploadSizeExceededException;
import org.springframework.web.multipart.MultipartException;
import org.springframework.web.multipart.support.MissingServletRequestPartException;
import org.springframework.web.servlet.ModelAndView;

import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * The one place where what went wrong becomes what the client is told: the envelope under {@code
 * /api}, a page elsewhere. Nothing internal leaves: what is not a known refusal is logged in full
 * and told as {@code internal_error} with the request's id.
 */
@ControllerAdvice
public class ErrorMapping {
    private static final Logger LOG = LoggerFactory.getLogger(ErrorMapping.class);

    private final ThrottleInterceptor throttle;

    ErrorMapping(ThrottleInterceptor throttle) {
        this.throttle = throttle;
    }

    @ExceptionHandler(Exception.class)
    Object onException(
            Exception exception, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        if (exception instanceof AsyncRequestNotUsableException) {
            return new ModelAndView(); // The client is gone: there is nobody to tell
        }
        if (response.isCommitted()) {
            LOG.warn("Failed after the answer had begun: {}", exception.toString());
            return new ModelAndView();
        }
        return answer(
                throttle.refusal(request, response).orElseGet(() -> problem(exception)),
                request,
                response);
    }

    /**
     * The problem in the shape that the request's kind of client reads: htmx has parts of pages.
     */
    static Object answer(
            Problem problem, HttpServletRequest request, HttpServletResponse response) {
        if (String.valueOf(request.getRequestURI()).startsWith("/api")) {
            return ResponseEntity.status(problem.status())
                    .contentType(MediaType.APPLICATION_JSON)
                    .headers(
                            headers -> {
                                if (problem.status() == 401) {
                                    headers.set("WWW-Authenticate", "Bearer");
                                }
                                if (problem.details().get("retry_after") instanceof Long wait) {
                                    headers.set("Retry-After", wait.toString());
                                }
                            })
                    .body(Failure.of(problem));
        }
        boolean isPartOfPage = request.getHeader("HX-Request") != null;
        var page = new ModelAndView(isPartOfPage ? "problem :: notice" : "problem");
        page.setStatus(HttpStatus.valueOf(problem.status()));
        if (isPartOfPage) {
            // Whatever part was to be replaced stays; the page says what went wrong at its top
            response.setHeader("HX-Retarget", "#notices");
            response.setHeader("HX-Reswap", "innerHTML");
        }
        page.addObject("problem", problem);
        page.addObject("requestId", RequestId.current());
        return page;
    }

    private static Problem problem(Exception exception) {
        return switch (exception) {
            case Problem problem -> problem;
            case MethodArgumentNotValidException invalid -> invalidFields(invalid);
            case BindException invalid -> invalidFields(invalid);
            case HttpMessageNotReadableException unreadable -> unreadable(unreadable);
            case MissingServletRequestParameterException missing ->
                    Problem.invalid(snakeCase(missing.getParameterName()), "This is required");
            case MissingServletRequestPartException missing ->
                    Problem.invalid(missing.getRequestPartName(), "This file is required");
            case MethodArgumentTypeMismatchException mismatch ->
                    Problem.invalid(
                            snakeCase(mismatch.getName()), "This value is not of the right kind");
            case MaxUploadSizeExceededException tooLarge ->
                    Problem.of(413, "file_too_large", "The file is larger than 30 MB");
            case MultipartException broken ->
                    Problem.badRequest("malformed_upload", "The upload cannot be read");
            case InvalidParameterException undecodable ->
                    Problem.badRequest("malformed_query", "The parameters are not UTF-8");
            case DataAccessException refusal when isUnstorableText(refusal) ->
                    Problem.badRequest(
                            "unsupported_character", "Text must not hold the character U+0000");
            case ErrorResponse framework -> ofStatus(framework.getStatusCode().value());
            default -> internal(exception);
        };
    }

    /** A refusal of the web framework, by its status alone: its own words name classes. */
    static Problem ofStatus(int status) {
        return switch (status) {
            case 400 -> Problem.badRequest("bad_request", "The request cannot be understood");
            case 401 -> Problem.unauthenticated("not_authenticated", "Sign in first");
            case 403 -> Problem.forbidden("forbidden", "This is not allowed");
            case 404 -> Problem.notFound("This address was");
            case 405 -> Problem.of(405, "method_not_allowed", "This method is not allowed here");
            case 406 -> Problem.of(406, "not_acceptable", "This cannot be had in that format");
            case 413 -> Problem.of(413, "body_too_large", "The request is too large");
            case 415 -> Problem.of(415, "unsupported_media_type", "Send this as application/json");
            default ->
                    status < 500
                            ? Problem.of(status, "bad_request", "The request cannot be served")
                            : Problem.of(status, "internal_error", INTERNAL);
        };
    }

    /** PostgreSQL's character_not_in_repertoire: the one character it has no place for. */
    private static boolean isUnstorableText(DataAccessException refusal) {
        return refusal.getMostSpecificCause() instanceof SQLException sql
                && "22021".equals(sql.getSQLState());
    }

    private static final String INTERNAL =
            "Something went wrong on our side. It is noted under the request id";

    private static Problem internal(Exception exception) {
        LOG.error("Request {} failed", RequestId.current(), exception);
        return Problem.of(500, "internal_error", INTERNAL);
    }

    private static Problem invalidFields(BindException invalid) {
        Map<String, List<String>> fields = new TreeMap<>();
        invalid.getFieldErrors()
                .forEach(
                        error ->
                                fields.computeIfAbsent(
                                                snakeCase(error.getField()),
                                                name -> new ArrayList<>())
                                        .add(
                                                error.isBindingFailure()
                                                        ? "This value is not of the right kind"
                                                        : capitalised(error.getDefaultMessage())));
        return Problem.invalid(fields);
    }

    private static Problem unreadable(HttpMessageNotReadableException unreadable) {
        return switch (unreadable.getMostSpecificCause()) {
            case UnrecognizedPropertyException unknown ->
                    Problem.invalid(
                            String.valueOf(unknown.getPropertyName()), "This field is not known");
            case InputCoercionException outOfRange when !outOfRange.getPath().isEmpty() ->
                    Problem.invalid(path(outOfRange), "This value is not of the right kind");
            case DatabindException wrongType when !wrongType.getPath().isEmpty() ->
                    Problem.invalid(path(wrongType), "This value is not of the right kind");
            case Problem problem -> problem;
            default ->
                    Problem.badRequest(
                            "malformed_json", "The body is not well-formed JSON in UTF-8");
        };
    }

    private static String path(JacksonException wrongType) {
        StringBuilder path = new StringBuilder();
        for (JacksonException.Reference step : wrongType.getPath()) {
            String name = step.getPropertyName();
            if (name == null) {
                path.append('[').append(step.getIndex()).append(']');
            } else {
                path.append(path.isEmpty() ? "" : ".").append(name);
            }
        }
        return path.toString();
    }

    private static String snakeCase(String camelCase) {
        return camelCase.replaceAll("([a-z0-9])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT);
    }

    private static String capitalised(@Nullable String sentence) {
        return sentence == null || sentence.isEmpty()
                ? "This is not right"
                : sentence.substring(0, 1).toUpperCase(Locale.ROOT) + sentence.substring(1);
    }
}
