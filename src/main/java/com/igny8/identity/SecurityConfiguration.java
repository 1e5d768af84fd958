package com.igny8.identity;

import com.igny8.http.ErrorWriter;
import com.igny8.http.FallbackErrors;
import com.igny8.http.ThrottleInterceptor;
import com.igny8.kernel.Problem;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.annotation.web.configurers.HeadersConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.csrf.CookieCsrfTokenRepository;
import org.springframework.security.web.csrf.CsrfException;
import org.springframework.security.web.firewall.HttpFirewall;
import org.springframework.security.web.firewall.StrictHttpFirewall;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Two doors: the API takes bearer tokens and API keys and no cookies, so it needs no protection
 * from forged requests; the pages take the session cookie and no tokens, and have it.
 */
@Configuration(proxyBeanMethods = false)
class SecurityConfiguration {
    private static final String API_KEY = "X-API-Key";

    private static final String[] PUBLIC_API = {
        "/api/v1/auth/register/",
        "/api/v1/auth/login/**",
        "/api/v1/auth/refresh/",
        "/api/v1/auth/verify-email/",
        "/api/v1/auth/password-reset/**",
        "/api/v1/auth/change-email/confirm/",
        "/api/v1/auth/change-email/undo/",
        "/api/v1/auth/invitations/accept/",
        "/api/v1/auth/plans/",
        "/api/v1/auth/industries/",
        "/api/v1/billing/webhooks/**",
        "/api/v1/system/health/",
        "/api/schema/**",
        "/api/docs/**",
        "/api/schema",
        "/api/docs",
        "/api/swagger-ui/**",
        "/.well-known/jwks.json",
    };

    private static final String[] PUBLIC_PAGES = {
        "/",
        "/pricing",
        "/signup",
        "/signup/done",
        "/login/**",
        "/verify-email",
        "/forgot-password",
        "/reset-password",
        "/change-email",
        "/undo-email-change",
        "/invitations/**",
        "/error",
        "/favicon.ico",
        "/assets/**",
        "/webjars/**",
        "/samples/**",
    };

    private static final String API_CONTENT_POLICY =
            "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:;"
                    + " frame-ancestors 'none'; base-uri 'none'; object-src 'none'";

    private static final String PAGE_CONTENT_POLICY =
            "default-src 'self'; img-src 'self' data:; frame-ancestors 'none'; base-uri 'none';"
                    + " form-action 'self'; object-src 'none'";

    @Bean
    @Order(1)
    SecurityFilterChain api(
            HttpSecurity http,
            AccessTokens tokens,
            ApiKeyCredentials apiKeys,
            ErrorWriter errors,
            ThrottleInterceptor throttle) {
        return http.securityMatcher("/api/**", "/.well-known/**")
                .csrf(AbstractHttpConfigurer::disable)
                .sessionManagement(
                        session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .requestCache(AbstractHttpConfigurer::disable)
                .formLogin(AbstractHttpConfigurer::disable)
                .httpBasic(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .addFilterBefore(
                        new AuthenticationFilter(request -> whoCalls(request, tokens, apiKeys)),
                        AuthorizationFilter.class)
                .authorizeHttpRequests(
                        requests ->
                                requests.dispatcherTypeMatchers(
                                                DispatcherType.ASYNC, DispatcherType.ERROR)
                                        .permitAll()
                                        .requestMatchers(PUBLIC_API)
                                        .permitAll()
                                        .requestMatchers(
                                                "/api/v1/console/**",
                                                "/api/v1/billing/confirm-bank-transfer/**")
                                        .hasAuthority(AuthenticationFilter.OPERATOR)
                                        .anyRequest()
                                        .authenticated())
                .exceptionHandling(
                        handling ->
                                handling.authenticationEntryPoint(
                                                (request, response, refusal) ->
                                                        refuse(request, response, errors, throttle))
                                        .accessDeniedHandler(
                                                (request, response, refusal) ->
                                                        errors.write(
                                                                throttle.refusal(request, response)
                                                                        .orElseGet(
                                                                                SignedIn
                                                                                        ::operatorsOnly),
                                                                response)))
                .headers(headers -> secure(headers, API_CONTENT_POLICY))
                .build();
    }

    @Bean
    @Order(2)
    SecurityFilterChain pages(
            HttpSecurity http, WebSessions sessions, ThrottleInterceptor throttle) {
        return http.csrf(csrf -> csrf.csrfTokenRepository(formTokens()))
                .sessionManagement(
                        session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .requestCache(AbstractHttpConfigurer::disable)
                .formLogin(AbstractHttpConfigurer::disable)
                .httpBasic(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .addFilterBefore(
                        new AuthenticationFilter(
                                request -> SessionCookie.read(request).flatMap(sessions::find)),
                        AuthorizationFilter.class)
                .authorizeHttpRequests(
                        requests ->
                                requests.dispatcherTypeMatchers(
                                                DispatcherType.ASYNC, DispatcherType.ERROR)
                                        .permitAll()
                                        .requestMatchers(PUBLIC_PAGES)
                                        .permitAll()
                                        .requestMatchers("/console/**")
                                        .hasAuthority(AuthenticationFilter.OPERATOR)
                                        .anyRequest()
                                        .authenticated())
                .exceptionHandling(
                        handling ->
                                handling.authenticationEntryPoint(
                                                (request, response, refusal) ->
                                                        toSignIn(request, response, throttle))
                                        .accessDeniedHandler(
                                                (request, response, refusal) ->
                                                        FallbackErrors.send(
                                                                throttle.refusal(request, response)
                                                                        .orElseGet(
                                                                                () ->
                                                                                        refusal
                                                                                                        instanceof
                                                                                                        CsrfException
                                                                                                ? formExpired()
                                                                                                : SignedIn
                                                                                                        .operatorsOnly()),
                                                                request,
                                                                response)))
                .headers(headers -> secure(headers, PAGE_CONTENT_POLICY))
                .build();
    }

    /** Spring's, but plain text, such as a token, is known without its regular expression. */
    @Bean
    static HttpFirewall firewall() {
        var firewall = new StrictHttpFirewall();
        firewall.setAllowedHeaderValues(
                value -> isPlain(value) || StrictHttpFirewall.ALLOWED_HEADER_VALUES.test(value));
        return firewall;
    }

    private static boolean isPlain(String value) {
        for (int i = 0; i < value.length(); i++) {
            if (value.charAt(i) < ' ' || value.charAt(i) > '~') {
                return false;
            }
        }
        return true;
    }

    private static CookieCsrfTokenRepository formTokens() {
        var tokens = new CookieCsrfTokenRepository();
        tokens.setCookieCustomizer(cookie -> cookie.sameSite("Lax"));
        return tokens;
    }

    /** There is no other authentication than ours: this keeps Boot from inventing a user. */
    @Bean
    AuthenticationManager authenticationManager() {
        return authentication -> {
            throw new IllegalStateException("Nobody signs in this way");
        };
    }

    /** An API key is known by its prefix as a bearer token; a header of its own says what it is. */
    private static Optional<SignedIn> whoCalls(
            HttpServletRequest request, AccessTokens tokens, ApiKeyCredentials apiKeys) {
        Optional<String> bearer = bearerToken(request);
        if (bearer.isPresent() && !bearer.get().startsWith(ApiKeyText.START)) {
            return tokens.find(bearer.get());
        }
        return bearer.or(() -> Optional.ofNullable(request.getHeader(API_KEY)).map(String::strip))
                .map(key -> apiKeys.require(key, request.getRemoteAddr()));
    }

    private static Optional<String> bearerToken(HttpServletRequest request) {
        String header = request.getHeader(HttpHeaders.AUTHORIZATION);
        return header != null && header.regionMatches(true, 0, "Bearer ", 0, 7)
                ? Optional.of(header.substring(7).strip())
                : Optional.empty();
    }

    private static void refuse(
            HttpServletRequest request,
            HttpServletResponse response,
            ErrorWriter errors,
            ThrottleInterceptor throttle)
            throws IOException {
        errors.write(
                throttle.refusal(request, response).orElseGet(() -> unauthenticated(request)),
                response);
    }

    private static Problem unauthenticated(HttpServletRequest request) {
        return AuthenticationFilter.refusal(request)
                .orElseGet(
                        () ->
                                request.getHeader(HttpHeaders.AUTHORIZATION) == null
                                        ? Problem.unauthenticated(
                                                "not_authenticated", "Sign in first")
                                        : Problem.unauthenticated(
                                                "token_invalid",
                                                "This token is not valid, or not any more"));
    }

    private static Problem formExpired() {
        return Problem.forbidden(
                "form_expired",
                "This form has expired. Go back, reload the page and send it again");
    }

    /** Back to where one was going after signing in; only to pages that can simply be opened. */
    private static void toSignIn(
            HttpServletRequest request, HttpServletResponse response, ThrottleInterceptor throttle)
            throws IOException {
        Optional<Problem> tooMany = throttle.refusal(request, response);
        if (tooMany.isPresent()) {
            FallbackErrors.send(tooMany.get(), request, response);
            return;
        }
        String target = "/login";
        if ("GET".equals(request.getMethod())) {
            target += "?next=" + URLEncoder.encode(wanted(request), StandardCharsets.UTF_8);
        }
        if (request.getHeader("HX-Request") != null) {
            response.setHeader("HX-Redirect", target);
            response.setStatus(HttpServletResponse.SC_OK);
        } else {
            response.sendRedirect(target);
        }
    }

    private static String wanted(HttpServletRequest request) {
        @Nullable String query = request.getQueryString();
        return request.getRequestURI() + (query == null ? "" : "?" + query);
    }

    private static void secure(HeadersConfigurer<HttpSecurity> headers, String contentPolicy) {
        headers.contentSecurityPolicy(policy -> policy.policyDirectives(contentPolicy))
                .referrerPolicy(policy -> policy.policy(ReferrerPolicy.SAME_ORIGIN))
                .permissionsPolicyHeader(
                        policy -> policy.policy("camera=(), microphone=(), geolocation=()"));
    }
}
