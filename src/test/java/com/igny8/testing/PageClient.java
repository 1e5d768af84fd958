package com.igny8.testing;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A browser without a screen: keeps cookies, and sends forms with the token their page gave. */
public final class PageClient {
    private static final Pattern FORM_TOKEN =
            Pattern.compile("name=\"_csrf\"(?: type=\"hidden\")? value=\"([^\"]+)\"");

    private final Api api;
    private final Map<String, String> cookies = new LinkedHashMap<>();
    private String formToken = "";

    private PageClient(Api api) {
        this.api = api;
    }

    /** One who is signed in to nothing. */
    public static PageClient of(Product product) {
        return new PageClient(product.api());
    }

    /** One who is signed in as this customer. */
    public static PageClient signedIn(Customer customer) {
        return signedIn(customer.product(), customer.email());
    }

    /** One who is signed in to this node as whoever has the address. */
    public static PageClient signedIn(Product product, String email) {
        PageClient visitor = of(product);
        visitor.send("/login", "/login", Map.of("email", email, "password", Customer.PASSWORD))
                .expect(303);
        return visitor;
    }

    /** Another with the same cookies, as a thief would have them. */
    public PageClient copy() {
        PageClient copy = new PageClient(api);
        copy.cookies.putAll(cookies);
        copy.formToken = formToken;
        return copy;
    }

    /** Puts a cookie there, as an attacker might. */
    public PageClient holding(String cookie, String value) {
        cookies.put(cookie, value);
        return this;
    }

    public String cookie(String name) {
        return cookies.getOrDefault(name, "");
    }

    public Reply get(String path) {
        return kept(client().get(path));
    }

    /** Opens a page, fills in its form and sends it. */
    public Reply send(String page, String action, Map<String, String> fields) {
        get(page);
        return send(action, fields);
    }

    /** Fills in a form of the page that was opened last, and sends it. */
    public Reply send(String action, Map<String, String> fields) {
        Map<String, String> all = new LinkedHashMap<>(fields);
        all.put("_csrf", formToken);
        return post(action, all);
    }

    /** Sends a form, and opens the page it leads to. */
    public Reply sendAndFollow(String action, Map<String, String> fields) {
        return get(String.valueOf(send(action, fields).expect(303).header("Location"))).expect(200);
    }

    /** Sends what a form would send, but for its token. */
    public Reply post(String action, Map<String, String> fields) {
        String body =
                fields.entrySet().stream()
                        .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
                        .collect(Collectors.joining("&"));
        return kept(
                client().with("Content-Type", "application/x-www-form-urlencoded")
                        .post(action, body));
    }

    private Api client() {
        String all =
                cookies.entrySet().stream()
                        .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                        .collect(Collectors.joining("; "));
        return all.isEmpty() ? api : api.with("Cookie", all);
    }

    private Reply kept(Reply reply) {
        reply.headers()
                .allValues("Set-Cookie")
                .forEach(
                        cookie -> {
                            String[] parts = cookie.split(";", 2)[0].split("=", 2);
                            if (parts[1].isEmpty()) {
                                cookies.remove(parts[0]);
                            } else {
                                cookies.put(parts[0], parts[1]);
                            }
                        });
        Matcher token = FORM_TOKEN.matcher(reply.body());
        if (token.find()) {
            formToken = token.group(1);
        }
        return reply;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
