package com.igny8.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.support.StaticWebApplicationContext;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerExecutionChain;
import org.springframework.web.util.ServletRequestPathUtils;

import java.util.Objects;

/** Whoever handles an address without shapes handles it with them. */
class RoutesByShapeTests {
    private final RoutesByShape routes = new RoutesByShape();

    RoutesByShapeTests() {
        StaticWebApplicationContext context = new StaticWebApplicationContext();
        context.registerSingleton("orders", Orders.class);
        routes.setApplicationContext(context);
        routes.afterPropertiesSet();
    }

    @RestController
    static final class Orders {
        @GetMapping("/v1/orders/")
        void all() {}

        @GetMapping("/v1/orders/{id}/")
        void one() {}

        @GetMapping("/v1/orders/q4/")
        void quarter() {}

        @GetMapping("/v1/orders/recent/")
        void recent() {}

        @GetMapping("/v1/orders/{id}.csv")
        void file() {}

        @GetMapping("/v1/orders/{id}/lines/{line}/")
        void line() {}

        @GetMapping("/v1/files/**")
        void anything() {}
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/orders/, all",
        "/v1/orders/7/, one",
        "/v1/orders/seven/, one",
        "/v1/orders/q4/, quarter",
        "/v1/orders/recent/, recent",
        "/v1/orders/7.csv, file",
        "/v1/orders/seven.csv, file",
        "/v1/orders/7/lines/8/, line",
        "/v1/orders/7/lines/eight/, line",
        "/v1/files/a/b2/c, anything",
        "/v1/files/7, anything",
    })
    void anAddressIsHandledByTheOneThatSaysSoMostClosely(String address, String method)
            throws Exception {
        assertThat(handlerOf(address)).isEqualTo(method);
    }

    @Test
    void whatHasOnlyTheShapeIsNotHandled() throws Exception {
        assertThat(routes.getHandler(request("/v2/orders/7/"))).isNull();
    }

    private String handlerOf(String address) throws Exception {
        HandlerExecutionChain chain = Objects.requireNonNull(routes.getHandler(request(address)));
        return ((HandlerMethod) chain.getHandler()).getMethod().getName();
    }

    private static MockHttpServletRequest request(String address) {
        MockHttpServletRequest request = new MockHttpServletRequest("GET", address);
        ServletRequestPathUtils.parseAndCache(request);
        return request;
    }
}
