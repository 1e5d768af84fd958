package com.igny8.access;

import static java.util.stream.Collectors.toCollection;

import com.igny8.testing.Api;
import com.igny8.testing.Product;
import com.igny8.testing.World;

import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

import java.util.List;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;

/** The two doors of the product, and what is behind each. */
enum Door {
    /** Takes bearer tokens; what is behind it is told by its own description. */
    API {
        @Override
        List<Operation> operations() {
            return Operations.API;
        }

        @Override
        Api anonymous(Product product) {
            return product.api();
        }

        @Override
        Api client(World world, World.Person person) {
            return world.api(person);
        }

        @Override
        Api program(Product product, String key) {
            return product.api().as(key);
        }

        @Override
        SortedSet<String> served(Product product) {
            SortedSet<String> served = new TreeSet<>();
            product.api()
                    .get("/api/schema/")
                    .expect(200)
                    .json()
                    .path("paths")
                    .propertyStream()
                    .forEach(
                            path ->
                                    path.getValue()
                                            .propertyStream()
                                            .map(method -> method.getKey().toUpperCase(Locale.ROOT))
                                            .forEach(
                                                    method ->
                                                            served.add(
                                                                    method + " " + path.getKey())));
            return served;
        }
    },

    /** Takes the cookie of a session; nobody describes pages, so the router is asked. */
    PAGES {
        @Override
        List<Operation> operations() {
            return Operations.PAGES;
        }

        @Override
        Api anonymous(Product product) {
            return product.browser(null);
        }

        @Override
        Api client(World world, World.Person person) {
            return world.browser(person);
        }

        // Keys open no pages: whoever sends one is as anonymous as anybody
        @Override
        Api program(Product product, String key) {
            return anonymous(product).as(key);
        }

        @Override
        SortedSet<String> served(Product product) {
            return product
                    .bean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class)
                    .getHandlerMethods()
                    .keySet()
                    .stream()
                    .flatMap(
                            mapping ->
                                    mapping.getPatternValues().stream()
                                            .filter(path -> !path.startsWith("/api/"))
                                            .flatMap(
                                                    path ->
                                                            mapping
                                                                    .getMethodsCondition()
                                                                    .getMethods()
                                                                    .stream()
                                                                    .map(
                                                                            method ->
                                                                                    method + " "
                                                                                            + path)))
                    .collect(toCollection(TreeSet::new));
        }
    };

    /** What we know how to ask for. */
    abstract List<Operation> operations();

    abstract Api anonymous(Product product);

    /** Somebody who has signed in, and acts from now on. */
    abstract Api client(World world, World.Person person);

    /** A program with an API key. */
    abstract Api program(Product product, String key);

    /** What the product says is behind this door, as {@code METHOD /path/{id}/}. */
    abstract SortedSet<String> served(Product product);
}
