package com.igny8.account;

import com.igny8.identity.SignedIn;
import com.igny8.tenancy.Caller;
import com.igny8.tenancy.Role;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

import java.io.IOException;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Binds an operator to the customer's account whose members they look after in the console: under
 * their own name, which is what the audit log gets.
 */
@Component
@Order(GateFilter.AFTER_SECURITY + 1)
class StaffFilter extends OncePerRequestFilter {
    private static final Pattern MEMBERS =
            Pattern.compile(
                    "/console/accounts/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})/members(?:/.*)?");

    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Matcher path = MEMBERS.matcher(request.getRequestURI());
        Optional<SignedIn> operator =
                SignedIn.current().filter(who -> who.user().isOperator() && !who.isImpersonating());
        if (operator.isPresent() && path.matches()) {
            GateFilter.bound(
                    caller(operator.get(), UUID.fromString(path.group(1))),
                    request,
                    response,
                    chain);
        } else {
            chain.doFilter(request, response);
        }
    }

    private static Caller caller(SignedIn operator, UUID accountId) {
        return new Caller(accountId, operator.user().id(), Role.OWNER, operator.via());
    }
}
