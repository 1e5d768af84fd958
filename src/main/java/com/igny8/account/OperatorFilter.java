package com.igny8.account;

import com.igny8.identity.SignedIn;
import com.igny8.tenancy.Caller;
import com.igny8.tenancy.PlatformTransactions;
import com.igny8.tenancy.Role;
import com.igny8.tenancy.Tenancy;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What operators do in their console stands in the log of the operator's own account, also where
 * they have no seat in it: they act on that account there, unless they act on one already.
 */
@Component
@Order(GateFilter.AFTER_SECURITY + 1)
class OperatorFilter extends OncePerRequestFilter {
    private static final List<String> CONSOLE =
            List.of("/console", "/api/v1/console", "/api/v1/billing/confirm-bank-transfer");

    /**
     * Where what belongs to the operator is looked after, whatever account they act on elsewhere.
     */
    private static final List<String> OWN =
            List.of("/console/webhooks", "/api/v1/console/webhooks");

    private final PlatformTransactions platform;

    OperatorFilter(PlatformTransactions platform) {
        this.platform = platform;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        String path = request.getRequestURI();
        return CONSOLE.stream().noneMatch(path::startsWith)
                || (Tenancy.callerIfBound().isPresent()
                        && OWN.stream().noneMatch(path::startsWith));
    }

    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Optional<SignedIn> operator =
                SignedIn.current().filter(signedIn -> signedIn.user().isOperator());
        if (operator.isEmpty()) {
            chain.doFilter(request, response);
            return;
        }
        GateFilter.bound(onOwnAccount(operator.get()), request, response, chain);
    }

    private Caller onOwnAccount(SignedIn operator) {
        UUID own =
                platform.read(
                        jdbc ->
                                jdbc.sql("SELECT id FROM account WHERE is_system")
                                        .query(UUID.class)
                                        .single());
        return new Caller(own, operator.user().id(), Role.ADMIN, operator.via());
    }
}
