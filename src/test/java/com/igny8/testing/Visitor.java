package com.igny8.testing;

import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Somebody at the pages, with cookies and the token of forms, but without a browser. */
public final class Visitor {
    private static final Pattern TOKEN = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");

    private final Api api;
    private final Map<String, String> cookies = new LinkedHashMap<>();
    private String token = "";

    private Visitor(Product product) {
        this.api = product.api();
    }

    /** Somebody who signed in at the page for it. */
    public static Visitor signedIn(Product product, String email) {
        Visitor visitor = new Visitor(product);
        visitor.get("/login");
        visitor.post("/login", Map.of("email", email, "password", Customer.PASSWORD)).expect(303);
        return visitor;
    }

    public Reply get(String path) {
        return remembered(client().get(path));
    }

    /** Sends a form, with the token of the page that was opened last. */
    public Reply post(String path, Map<String, String> fields) {
        Map<String, String> all = new LinkedHashMap<>(fields);
        all.put("_csrf", token);
        String body =
                all.entrySet().stream()
                        .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
                        .collect(Collectors.joining("&"));
        return remembered(
                client().with("Content-Type", "application/x-www-form-urlencoded")
                        .send("POST", path, BodyPublishers.ofString(body)));
    }

    /** Sends a form, and opens the page it leads to. */
    public Reply postAndFollow(String path, Map<String, String> fields) {
        return get(String.valueOf(post(path, fields).expect(303).header("Location"))).expect(200);
    }

    private Api client() {
        return api.with(
                "Cookie",
                cookies.entrySet().stream()
                        .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                        .collect(Collectors.joining("; ")));
    }

    private Reply remembered(Reply reply) {
        for (String cookie : reply.headers().allValues("Set-Cookie")) {
            String[] pair = cookie.split(";", 2)[0].split("=", 2);
            cookies.put(pair[0], pair[1]);
        }
        Matcher matcher = TOKEN.matcher(reply.body());
        if (matcher.find()) {
            token = matcher.group(1);
        }
        return reply;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
