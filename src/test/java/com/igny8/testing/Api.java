package com.igny8.testing;

import org.jspecify.annotations.Nullable;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/**
 * A client of the API. Immutable: {@link #as}, {@link #with} and {@link #from} give another one.
 * Paths are below {@code /api/v1/}, or absolute where they begin with a slash.
 */
public final class Api {
    public static final JsonMapper JSON = JsonMapper.builder().build();

    private static final HttpClient CLIENT = client().build();

    private final URI base;
    private final HttpClient client;
    private final Map<String, String> headers;

    private Api(URI base, HttpClient client, Map<String, String> headers) {
        this.base = base;
        this.client = client;
        this.headers = Map.copyOf(headers);
    }

    /** A client of whatever listens on the port of this machine. */
    public static Api at(int port) {
        return new Api(
                URI.create("http://127.0.0.1:" + port),
                CLIENT,
                Map.of("Content-Type", "application/json"));
    }

    private static HttpClient.Builder client() {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(Duration.ofSeconds(10));
    }

    /** With this access token. */
    public Api as(String token) {
        return with("Authorization", "Bearer " + token);
    }

    public Api with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new Api(base, client, more);
    }

    /** With an {@code Idempotency-Key}. */
    public Api once(String key) {
        return with("Idempotency-Key", key);
    }

    /** From another address of this machine, such as 127.0.0.2. */
    public Api from(InetAddress address) {
        return new Api(base, client().localAddress(address).build(), headers);
    }

    public Reply get(String path) {
        return send("GET", path, BodyPublishers.noBody());
    }

    public Reply delete(String path) {
        return send("DELETE", path, BodyPublishers.noBody());
    }

    /** Posts a map, list or record as JSON; a string is posted as it is. */
    public Reply post(String path, Object body) {
        return send("POST", path, publisher(body));
    }

    public Reply patch(String path, Object body) {
        return send("PATCH", path, publisher(body));
    }

    public Reply post(String path, byte[] body) {
        return send("POST", path, BodyPublishers.ofByteArray(body));
    }

    /** Posts {@code multipart/form-data}: fields, and one file. */
    public Reply upload(String path, Map<String, String> fields, String fileName, byte[] file) {
        String boundary = UUID.randomUUID().toString();
        StringBuilder head = new StringBuilder();
        fields.forEach(
                (name, value) ->
                        head.append("--%s\r\n".formatted(boundary))
                                .append("Content-Disposition: form-data; name=\"" + name + "\"")
                                .append("\r\n\r\n" + value + "\r\n"));
        head.append("--%s\r\n".formatted(boundary))
                .append("Content-Disposition: form-data; name=\"file\"; filename=\"")
                .append(fileName + "\"\r\nContent-Type: application/octet-stream\r\n\r\n");
        return with("Content-Type", "multipart/form-data; boundary=" + boundary)
                .send(
                        "POST",
                        path,
                        BodyPublishers.concat(
                                BodyPublishers.ofString(head.toString()),
                                BodyPublishers.ofByteArray(file),
                                BodyPublishers.ofString("\r\n--" + boundary + "--\r\n")));
    }

    private static BodyPublisher publisher(Object body) {
        return BodyPublishers.ofString(
                body instanceof String text ? text : JSON.writeValueAsString(body),
                StandardCharsets.UTF_8);
    }

    public Reply send(String method, String path, BodyPublisher body) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(address(path))
                        .timeout(Duration.ofSeconds(60))
                        .method(method, body);
        headers.forEach(request::setHeader);
        try {
            HttpResponse<String> response =
                    client.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return new Reply(
                    response.statusCode(), response.headers(), response.body(), json(response));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException failure) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(failure);
        }
    }

    /** Also whole addresses, as {@code next} of a list is one: wherever they say this site is. */
    private URI address(String path) {
        String below = path.replaceFirst("^https?://[^/]+", "");
        return base.resolve(below.startsWith("/") ? below : "/api/v1/" + below);
    }

    private static JsonNode json(HttpResponse<String> response) {
        try {
            JsonNode parsed = response.body().isBlank() ? null : JSON.readTree(response.body());
            return missingIfNull(parsed);
        } catch (JacksonException notJson) {
            return missingIfNull(null);
        }
    }

    private static JsonNode missingIfNull(@Nullable JsonNode node) {
        return node == null ? JSON.missingNode() : node;
    }
}
