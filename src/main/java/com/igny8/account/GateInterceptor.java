package com.igny8.account;

import com.igny8.kernel.Problem;
import com.igny8.tenancy.Role;
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

/** Carries out what the gate said, for every handler that does not say it is {@link Ungated}. */
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
                    .filter(refusal -> !isOpen(ungated(method), verdict, refusal))
                    .ifPresent(
                            refusal -> {
                                throw refusal;
                            });
        }
        return true;
    }

    private static @Nullable Ungated ungated(HandlerMethod method) {
        Ungated onMethod = method.getMethodAnnotation(Ungated.class);
        return onMethod != null
                ? onMethod
                : AnnotatedElementUtils.findMergedAnnotation(method.getBeanType(), Ungated.class);
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
