package com.igny8.testing;

import static java.util.stream.Collectors.toMap;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import org.awaitility.Awaitility;

import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.function.ToIntFunction;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A customer's server that is told of events, on this machine. Checks signatures as anybody would
 * who read how, and nothing of ours.
 */
public final class Receiver implements AutoCloseable {
    private final HttpServer server;
    private final List<Told> told = new CopyOnWriteArrayList<>();
    private volatile ToIntFunction<Told> answer = any -> 200;

    public Receiver() {
        try {
            server =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::serve);
        server.start();
    }

    /**
     * What it was told.
     *
     * @param headers with names in lower case
     */
    public record Told(String path, Map<String, String> headers, String body) {
        public JsonNode json() {
            return Api.JSON.readTree(body);
        }

        public String id() {
            return headers.getOrDefault("webhook-id", "");
        }

        public String type() {
            return json().path("type").asString();
        }

        /** Whether one of the signatures is made with the secret. */
        public boolean isSignedWith(String secret) {
            String signed = id() + "." + headers.get("webhook-timestamp") + "." + body;
            byte[] expected = hmac(Base64.getDecoder().decode(secret.substring(6)), signed);
            return Arrays.stream(headers.getOrDefault("webhook-signature", "").split(" "))
                    .filter(signature -> signature.startsWith("v1,"))
                    .map(signature -> Base64.getDecoder().decode(signature.substring(3)))
                    .anyMatch(signature -> MessageDigest.isEqual(signature, expected));
        }

        private static byte[] hmac(byte[] key, String text) {
            try {
                Mac mac = Mac.getInstance("HmacSHA256");
                mac.init(new SecretKeySpec(key, "HmacSHA256"));
                return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
            } catch (GeneralSecurityException impossible) {
                throw new IllegalStateException(impossible);
            }
        }
    }

    /** Where it is. */
    public String address(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    /** Answers with the status that this says; whatever it waits for, the sender waits for too. */
    public void answers(ToIntFunction<Told> status) {
        answer = status;
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            Told event =
                    new Told(
                            exchange.getRequestURI().getPath(),
                            exchange.getRequestHeaders().entrySet().stream()
                                    .collect(
                                            toMap(
                                                    header ->
                                                            header.getKey()
                                                                    .toLowerCase(Locale.ROOT),
                                                    header -> header.getValue().getFirst())),
                            new String(
                                    exchange.getRequestBody().readAllBytes(),
                                    StandardCharsets.UTF_8));
            told.add(event);
            int status = answer.applyAsInt(event);
            exchange.getResponseHeaders().set("Location", address("/elsewhere"));
            byte[] body = ("Answer of " + status).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    /** All that came to a path so far, oldest first. */
    public List<Told> told(String path) {
        return told.stream().filter(event -> event.path().equals(path)).toList();
    }

    /** Waits until so much came to a path. */
    public List<Told> await(String path, int count) {
        Awaitility.await().until(() -> told(path).size() >= count);
        return told(path);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
