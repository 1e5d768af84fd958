package com.igny8.account;

import com.igny8.identity.SignedIn;
import com.igny8.tenancy.Caller;
import com.igny8.tenancy.PlatformTransactions;
import com.igny8.tenancy.Role;

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
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Binds operators in their console to the operator's own account, in whose log it stands what they
 * do there; or to the customer's whose members they look after. Seats that they have do not count.
 */
@Component
@Order(GateFilter.AFTER_SECURITY + 1)
class OperatorFilter extends OncePerRequestFilter {
    private static final List<String> CONSOLE =
            List.of("/console", "/api/v1/console", "/api/v1/billing/confirm-bank-transfer");

    private static final Pattern MEMBERS =
            Pattern.compile(
                    "/console/accounts/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})/members(?:/.*)?");

    private final PlatformTransactions platform;

    OperatorFilter(PlatformTransactions platform) {
        this.platform = platform;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return CONSOLE.stream().noneMatch(request.getRequestURI()::startsWith);
    }

    /** Who looks at an account as its owner is bound to that one, and stays so. */
    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Optional<SignedIn> operator =
                SignedIn.current().filter(who -> who.user().isOperator() && !who.isImpersonating());
        if (operator.isPresent()) {
            Caller caller = caller(operator.get(), accountId(request.getRequestURI()));
            GateFilter.bound(caller, request, response, chain);
        } else {
            chain.doFilter(request, response);
        }
    }

    static Caller caller(SignedIn operator, UUID accountId) {
        return new Caller(accountId, operator.user().id(), Role.OWNER, operator.via());
    }

    private UUID accountId(String path) {
        Matcher members = MEMBERS.matcher(path);
        return members.matches() ? UUID.fromString(members.group(1)) : own();
    }

    private UUID own() {
        return platform.read(
                jdbc ->
                        jdbc.sql("SELECT id FROM account WHERE is_system")
                                .query(UUID.class)
                                .single());
    }
}
