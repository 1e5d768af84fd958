package com.igny8.http;

import org.springframework.context.annotation.Configuration;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

import java.util.List;

/** Makes the conventions apply to every controller. */
@Configuration(proxyBeanMethods = false)
class HttpConfiguration implements WebMvcConfigurer {
    /** After the gate, which has none lower. */
    private static final int AFTER_THE_GATE = 100;

    private final ThrottleInterceptor throttle;

    HttpConfiguration(ThrottleInterceptor throttle) {
        this.throttle = throttle;
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(throttle)
                .excludePathPatterns("/assets/**", "/webjars/**", "/error")
                .order(AFTER_THE_GATE);
    }

    @Override
    public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
        resolvers.add(new IdempotencyKeyResolver());
        resolvers.add(new PageRequestResolver());
    }
}
