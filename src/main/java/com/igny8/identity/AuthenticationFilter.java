package com.igny8.identity;

import com.igny8.kernel.Problem;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.authentication.preauth.PreAuthenticatedAuthenticationToken;
import org.springframework.web.filter.OncePerRequestFilter;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Finds out who sends a request, by the credentials its filter chain accepts. A credential that is
 * refused for a reason worth telling leaves it with the request; whoever needs to be signed in is
 * told.
 */
final class AuthenticationFilter extends OncePerRequestFilter {
    static final String OPERATOR = "ROLE_OPERATOR";

    private static final String REFUSAL = AuthenticationFilter.class.getName() + ".refusal";

    private final Function<HttpServletRequest, Optional<SignedIn>> credential;

    AuthenticationFilter(Function<HttpServletRequest, Optional<SignedIn>> credential) {
        this.credential = credential;
    }

    /** The page that tells of an error is framed like any other. */
    @Override
    protected boolean shouldNotFilterErrorDispatch() {
        return false;
    }

    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        try {
            credential
                    .apply(request)
                    .ifPresent(
                            signedIn -> {
                                var context = SecurityContextHolder.createEmptyContext();
                                context.setAuthentication(authentication(signedIn));
                                SecurityContextHolder.setContext(context);
                            });
        } catch (Problem refusal) {
            request.setAttribute(REFUSAL, refusal);
        }
        chain.doFilter(request, response);
    }

    /** Why the credential of the request was refused; nothing where there was none to refuse. */
    static Optional<Problem> refusal(HttpServletRequest request) {
        return request.getAttribute(REFUSAL) instanceof Problem refusal
                ? Optional.of(refusal)
                : Optional.empty();
    }

    private static PreAuthenticatedAuthenticationToken authentication(SignedIn signedIn) {
        return new PreAuthenticatedAuthenticationToken(
                signedIn,
                "",
                signedIn.user().isOperator()
                        ? List.of(new SimpleGrantedAuthority(OPERATOR))
                        : List.of());
    }
}
