package com.igny8.access;

import com.igny8.testing.Api;
import com.igny8.testing.Reply;

import org.jspecify.annotations.Nullable;

import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What to send: what fills the braces of the path, in their order, the query, and the body.
 *
 * @param headers beside those that everybody sends
 * @param body none where null
 */
record Request(
        List<Object> path,
        Map<String, Object> query,
        Map<String, String> headers,
        @Nullable Body body) {

    /** A body, by what it is made of. */
    sealed interface Body {
        Map<String, ?> fields();
    }

    record Json(Map<String, ?> fields) implements Body {}

    record Form(Map<String, ?> fields) implements Body {}

    /** A form with a file. */
    record Upload(Map<String, ?> fields, String fileName, String content) implements Body {}

    /** Nothing but the path. */
    static Request at(Object... path) {
        return new Request(Arrays.asList(path), Map.of(), Map.of(), null);
    }

    Request query(String name, Object value) {
        Map<String, Object> more = new LinkedHashMap<>(query);
        more.put(name, value);
        return new Request(path, more, headers, body);
    }

    Request header(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new Request(path, query, more, body);
    }

    Request json(Map<String, ?> fields) {
        return new Request(path, query, headers, new Json(fields));
    }

    Request form(Map<String, ?> fields) {
        return new Request(path, query, headers, new Form(fields));
    }

    /** A form with a file of keywords. */
    Request upload(Map<String, ?> fields) {
        return upload(fields, "keywords.csv", "Keyword\nfrom a file\n");
    }

    /** A form with any file. */
    Request upload(Map<String, ?> fields, String fileName, String content) {
        return new Request(path, query, headers, new Upload(fields, fileName, content));
    }

    Reply send(Api asked, String method, String template) {
        String address = address(template);
        Api client = asked;
        for (var header : headers.entrySet()) {
            client = client.with(header.getKey(), header.getValue());
        }
        return switch (body) {
            case null -> client.send(method, address, BodyPublishers.noBody());
            case Json json ->
                    client.send(
                            method,
                            address,
                            BodyPublishers.ofString(Api.JSON.writeValueAsString(json.fields())));
            case Form form ->
                    client.with("Content-Type", "application/x-www-form-urlencoded")
                            .send(method, address, BodyPublishers.ofString(encoded(form.fields())));
            case Upload upload ->
                    client.upload(
                            address,
                            upload.fields().entrySet().stream()
                                    .collect(
                                            Collectors.toMap(
                                                    Map.Entry::getKey,
                                                    field -> field.getValue().toString())),
                            upload.fileName(),
                            upload.content().getBytes(StandardCharsets.UTF_8));
        };
    }

    private String address(String template) {
        String address = template;
        for (Object part : path) {
            address = address.replaceFirst("\\{[^/]+}", part.toString());
        }
        if (address.contains("{")) {
            throw new IllegalStateException(template + " has more braces than the request fills");
        }
        return query.isEmpty() ? address : address + "?" + encoded(query);
    }

    private static String encoded(Map<String, ?> fields) {
        return fields.entrySet().stream()
                .map(
                        field ->
                                field.getKey()
                                        + "="
                                        + URLEncoder.encode(
                                                field.getValue().toString(),
                                                StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }
}
