package com.igny8.http;

import org.apache.catalina.core.StandardHost;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.jackson.autoconfigure.JsonMapperBuilderCustomizer;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.webmvc.autoconfigure.WebMvcRegistrations;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.ViewControllerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.type.LogicalType;

import java.util.List;

/** Makes the conventions apply to every controller. */
@Configuration(proxyBeanMethods = false)
class HttpConfiguration implements WebMvcConfigurer {
    /** Before the gate, whose order is 0: whom it turns away has taken from their bucket too. */
    private static final int BEFORE_THE_GATE = -100;

    private final ThrottleInterceptor throttle;

    HttpConfiguration(ThrottleInterceptor throttle) {
        this.throttle = throttle;
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(throttle)
                .excludePathPatterns("/assets/**", "/webjars/**", "/error")
                .order(BEFORE_THE_GATE);
    }

    /** Shared by all nodes where there is a Redis to share them in. */
    @Bean
    static Buckets buckets(@Value("${igny8.redis-url}") String redisUrl) {
        LocalBuckets own = new LocalBuckets();
        return redisUrl.isBlank() ? own : new RedisBuckets(redisUrl.strip(), own);
    }

    @Bean
    static WebMvcRegistrations routesByShape() {
        return new WebMvcRegistrations() {
            @Override
            public RequestMappingHandlerMapping getRequestMappingHandlerMapping() {
                return new RoutesByShape();
            }
        };
    }

    /** A number is not a text: {@code "name": 5} is refused, as {@code "industry": "1"} is. */
    @Bean
    static JsonMapperBuilderCustomizer textIsText() {
        return mapper ->
                mapper.withCoercionConfig(
                        LogicalType.Textual,
                        text -> {
                            text.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail);
                            text.setCoercion(CoercionInputShape.Float, CoercionAction.Fail);
                            text.setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail);
                        });
    }

    /** A name said twice is refused: a proxy before us may have looked at the other value. */
    @Bean
    static JsonMapperBuilderCustomizer namesOnce() {
        return mapper -> mapper.enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION);
    }

    /** What is refused before any filter, as hardly HTTP at all, is told in the envelope too. */
    @Bean
    static WebServerFactoryCustomizer<TomcatServletWebServerFactory> bareRefusals() {
        return server ->
                server.addContextCustomizers(
                        context ->
                                ((StandardHost) context.getParent())
                                        .setErrorReportValveClass(BareRefusals.class.getName()));
    }

    /** The description and its pages also where their addresses end in a slash, as the API's do. */
    @Override
    public void addViewControllers(ViewControllerRegistry registry) {
        registry.addViewController("/api/schema/").setViewName("forward:/api/schema");
        registry.addRedirectViewController("/api/docs/", "/api/docs");
    }

    @Override
    public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
        resolvers.add(new IdempotencyKeyResolver());
        resolvers.add(new LedgerKeyResolver());
        resolvers.add(new IfMatchResolver());
        resolvers.add(new PageRequestResolver());
    }
}
