package com.igny8.signup;

import com.igny8.identity.SessionCookie;
import com.igny8.identity.User;
import com.igny8.identity.WebSessions;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;

import java.util.Objects;
import java.util.UUID;

/** Signs a browser in and out. */
@Component
class Browser {
    private final WebSessions sessions;

    Browser(WebSessions sessions) {
        this.sessions = sessions;
    }

    /**
     * @param accountId the account to act on; null for those without one
     */
    void signIn(
            User user,
            @Nullable UUID accountId,
            HttpServletRequest request,
            HttpServletResponse response) {
        SessionCookie.set(session(user, accountId, request), request, response);
    }

    /** Begins a session; its token is for the cookie. */
    String session(User user, @Nullable UUID accountId, HttpServletRequest request) {
        String userAgent =
                Objects.requireNonNullElse(request.getHeader(HttpHeaders.USER_AGENT), "");
        return sessions.start(user, accountId, userAgent, request.getRemoteAddr());
    }

    /** With a cookie that opens nothing: from outside it looks like the other. */
    void pretendToSignIn(HttpServletRequest request, HttpServletResponse response) {
        SessionCookie.set(WebSessions.worthless(), request, response);
    }

    void signOut(UUID sessionId, HttpServletRequest request, HttpServletResponse response) {
        sessions.revoke(sessionId);
        SessionCookie.clear(request, response);
    }

    /** The first page of those who were not going anywhere in particular. */
    static String home(User user) {
        return user.isOperator() ? "/console" : "/sites";
    }
}
