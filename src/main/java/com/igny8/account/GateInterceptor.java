package com.igny8.account;

import com.igny8.kernel.Problem;
import com.igny8.tenancy.Caller;
import com.igny8.tenancy.Confinement;
import com.igny8.tenancy.Role;
import com.igny8.tenancy.Scope;
import com.igny8.tenancy.Scoped;
import com.igny8.tenancy.Ungated;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.stereotype.Component;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

import java.lang.annotation.Annotation;

/**
 * Carries out what the gate said, for every handler that does not say it is {@link Ungated}; and
 * keeps API keys to handlers that are {@link Scoped}.
 */
@Component
class GateInterceptor implements HandlerInterceptor, WebMvcConfigurer {
    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(this).excludePathPatterns("/error").order(0);
    }

    @Override
    public boolean preHandle(
            HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (handler instanceof HandlerMethod method
                && request.getAttribute(GateFilter.VERDICT) instanceof Gate.Verdict verdict) {
            verdict.refusal()
                    .filter(refusal -> !isOpen(annotation(method, Ungated.class), verdict, refusal))
                    .ifPresent(
                            refusal -> {
                                throw refusal;
                            });
            verdict.caller()
                    .map(Caller::confinement)
                    .ifPresent(confinement -> requireScopes(confinement, method));
        }
        return true;
    }

    /** What nobody thought of opening to API keys is closed to them. */
    private static void requireScopes(Confinement confinement, HandlerMethod method) {
        Scoped scoped = annotation(method, Scoped.class);
        if (scoped == null) {
            throw Problem.forbidden(
                    "not_for_api_keys", "API keys cannot do this: sign in as a person");
        }
        for (Scope scope : scoped.value()) {
            if (!confinement.scopes().contains(scope)) {
                throw Problem.forbidden(
                                "scope_missing",
                                "This API key does not have the scope " + scope.key())
                        .with("scope", scope.key());
            }
        }
    }

    private static <A extends Annotation> @Nullable A annotation(
            HandlerMethod method, Class<A> type) {
        A onMethod = method.getMethodAnnotation(type);
        return onMethod != null
                ? onMethod
                : AnnotatedElementUtils.findMergedAnnotation(method.getBeanType(), type);
    }

    private static boolean isOpen(
            @Nullable Ungated ungated, Gate.Verdict verdict, Problem refusal) {
        if (ungated == null) {
            return false;
        }
        return switch (ungated.value()) {
            case EVERYBODY -> true;
            case OWNER_OF_SUSPENDED ->
                    refusal.code().equals("account_suspended")
                            && verdict.caller()
                                    .filter(caller -> caller.role() == Role.OWNER)
                                    .isPresent();
        };
    }
}
