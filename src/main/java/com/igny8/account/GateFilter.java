package com.igny8.account;

import com.igny8.identity.SignedIn;
import com.igny8.tenancy.Caller;
import com.igny8.tenancy.Tenancy;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

import java.io.IOException;
import java.util.Optional;

/** After authentication: asks the gate, and binds the account for the rest of the request. */
@Component
@Order(GateFilter.AFTER_SECURITY)
class GateFilter extends OncePerRequestFilter {
    /** Spring Security's filter has -100. */
    static final int AFTER_SECURITY = -50;

    static final String VERDICT = Gate.Verdict.class.getName();

    private final Gate gate;

    GateFilter(Gate gate) {
        this.gate = gate;
    }

    /** The page that tells of an error is framed like any other. */
    @Override
    protected boolean shouldNotFilterErrorDispatch() {
        return false;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        String path = request.getRequestURI();
        return path.startsWith("/assets/") || path.startsWith("/webjars/");
    }

    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Optional<SignedIn> signedIn = SignedIn.current();
        if (signedIn.isEmpty()) {
            chain.doFilter(request, response);
            return;
        }
        Gate.Verdict verdict = gate.ask(signedIn.get());
        request.setAttribute(VERDICT, verdict);
        if (verdict.caller().isPresent()) {
            bound(verdict.caller().get(), request, response, chain);
        } else {
            chain.doFilter(request, response);
        }
    }

    /** Serves the rest of the request as the caller. */
    static void bound(
            Caller caller,
            HttpServletRequest request,
            HttpServletResponse response,
            FilterChain chain)
            throws ServletException, IOException {
        try {
            Tenancy.as(
                    caller,
                    () -> {
                        chain.doFilter(request, response);
                        return true;
                    });
        } catch (ServletException | IOException | RuntimeException failure) {
            throw failure;
        } catch (Exception impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
