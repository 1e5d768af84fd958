package com.igny8.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Speaks a payment provider's HTTP on this machine: its objects, its errors, its idempotency keys.
 * Events are sent right after what caused them; a test may have them kept, to be sent as badly as
 * providers may: several times, shuffled, or before the request that caused them is answered.
 */
public abstract class StandIn implements AutoCloseable {
    static final JsonMapper JSON = JsonMapper.builder().build();

    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private final HttpServer server;
    private final Map<String, ObjectNode> objects = new ConcurrentHashMap<>();
    private final Map<String, Remembered> answers = new ConcurrentHashMap<>();
    private final List<ObjectNode> events = Collections.synchronizedList(new ArrayList<>());

    /** What the request has caused that this thread serves. */
    private final ThreadLocal<List<ObjectNode>> caused = ThreadLocal.withInitial(ArrayList::new);

    private final AtomicInteger number = new AtomicInteger();
    private final AtomicInteger deliveries = new AtomicInteger();
    private final AtomicInteger failures = new AtomicInteger();
    private final AtomicInteger lostAnswers = new AtomicInteger();
    private volatile int failureStatus = 500;
    private volatile Sending sending = Sending.AT_ONCE;
    private volatile @Nullable URI webhook;

    /** When events are sent. */
    public enum Sending {
        /** After the answer, once. */
        AT_ONCE,
        /** Before the answer, and kept to be sent again. */
        BEFORE_THE_ANSWER,
        /** When the test says so. */
        KEPT
    }

    /** What was answered to a key, and to which request. */
    private record Remembered(String request, Answer answer) {}

    /** What is answered; events go out beside it. */
    record Answer(int status, JsonNode body) {}

    /** A request, whatever it was written as. */
    record Asked(String method, String path, Map<String, String> query, String body) {}

    StandIn() {
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

    /** Where it is, as the product is told. */
    public String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Where its events go. */
    public void tells(URI address) {
        webhook = address;
    }

    public void sends(Sending when) {
        sending = when;
    }

    /** The next so many requests are refused with this status, and nothing is done. */
    public void failsNext(int times, int status) {
        failureStatus = status;
        failures.set(times);
    }

    /** The next so many requests are carried out, but their answers are lost on the way. */
    public void losesAnswers(int times) {
        lostAnswers.set(times);
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            Asked asked = asked(exchange);
            if (isPage(asked)) {
                servePage(exchange, asked);
                return;
            }
            Answer refusal = refusal(exchange);
            if (refusal == null && failures.get() > 0 && failures.getAndDecrement() > 0) {
                refusal = new Answer(failureStatus, JSON.createObjectNode());
            }
            caused.set(new ArrayList<>());
            Answer answer = refusal != null ? refusal : once(exchange, asked);
            if (sending == Sending.BEFORE_THE_ANSWER) {
                caused.get().forEach(this::send);
            }
            if (lostAnswers.get() > 0 && lostAnswers.getAndDecrement() > 0) {
                return; // Closed without a word
            }
            byte[] body = answer.body().toString().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.getResponseHeaders().set("Request-Id", "req_" + number.incrementAndGet());
            exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
            if (body.length > 0) {
                exchange.getResponseBody().write(body);
            }
        }
        tellIfAtOnce();
    }

    /** After something that no request caused. */
    final void tellIfAtOnce() {
        if (sending == Sending.AT_ONCE) {
            deliverOnce();
        }
    }

    private static Asked asked(HttpExchange exchange) throws IOException {
        return new Asked(
                exchange.getRequestMethod(),
                exchange.getRequestURI().getPath(),
                Forms.parse(exchange.getRequestURI().getRawQuery()),
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
    }

    /** A page for the customer, which needs no key. */
    abstract boolean isPage(Asked asked);

    /** Whether the customer pays here: then where they go afterwards. */
    abstract URI pressed(Asked asked);

    private void servePage(HttpExchange exchange, Asked asked) throws IOException {
        if (asked.method().equals("POST")) {
            exchange.getResponseHeaders().set("Location", pressed(asked).toString());
            exchange.sendResponseHeaders(303, -1);
        } else {
            byte[] page =
                    "<!DOCTYPE html><title>Pay</title><form method=post><button>Pay</button></form>"
                            .getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "text/html");
            exchange.sendResponseHeaders(200, page.length);
            exchange.getResponseBody().write(page);
        }
    }

    /** Null where the sender shows the right key. */
    abstract @Nullable Answer refusal(HttpExchange exchange);

    abstract String keyHeader();

    abstract Answer keyReused();

    /** The same key gets the same answer, declines included; for another request it is an error. */
    private Answer once(HttpExchange exchange, Asked asked) {
        String key = exchange.getRequestHeaders().getFirst(keyHeader());
        if (key == null || !asked.method().equals("POST")) {
            return answer(asked);
        }
        String request = asked.path() + "\n" + asked.body();
        synchronized (this) {
            Remembered known = answers.get(key);
            if (known == null) {
                known = new Remembered(request, answer(asked));
                answers.put(key, known);
            }
            return known.request().equals(request) ? known.answer() : keyReused();
        }
    }

    abstract Answer answer(Asked asked);

    String newId(String prefix) {
        return prefix
                + "stand"
                + Integer.toHexString(System.identityHashCode(this))
                + "x"
                + number.incrementAndGet();
    }

    ObjectNode keep(ObjectNode object) {
        objects.put(object.path("id").asString(), object);
        return object;
    }

    /** Null where there is none. */
    @Nullable ObjectNode find(String id) {
        return objects.get(id);
    }

    List<ObjectNode> all(String field, String value) {
        return objects.values().stream()
                .filter(object -> object.path(field).asString("").equals(value))
                .toList();
    }

    void happened(ObjectNode event) {
        events.add(event);
        caused.get().add(event);
    }

    private void deliverOnce() {
        List<ObjectNode> due;
        synchronized (events) {
            due = List.copyOf(events);
            events.clear();
            deliveries.incrementAndGet();
        }
        try {
            due.forEach(this::send);
        } finally {
            deliveries.decrementAndGet();
        }
    }

    /** Whether all that happened was told. */
    public boolean isSilent() {
        synchronized (events) {
            return events.isEmpty() && deliveries.get() == 0;
        }
    }

    /** Sends all events that were kept, each three times, in any order. */
    public void deliverShuffled(Random random) {
        List<ObjectNode> all = new ArrayList<>();
        synchronized (events) {
            for (int time = 0; time < 3; time++) {
                all.addAll(events);
            }
            events.clear();
        }
        Collections.shuffle(all, random);
        all.forEach(this::send);
    }

    private void send(ObjectNode event) {
        URI address = webhook;
        if (address != null) {
            String body = event.toString();
            HttpRequest.Builder request =
                    HttpRequest.newBuilder(address).header("Content-Type", "application/json");
            signature(body).forEach(request::header);
            send(request.POST(HttpRequest.BodyPublishers.ofString(body)).build());
        }
    }

    private static void send(HttpRequest request) {
        try {
            CLIENT.send(request, HttpResponse.BodyHandlers.discarding());
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /** The headers that show whom it is from. */
    public abstract Map<String, String> signature(String body);

    /** A field that every request of its kind has. */
    static String field(Map<String, String> fields, String name) {
        return Objects.requireNonNull(fields.get(name), name);
    }

    static ObjectNode object() {
        return JSON.createObjectNode();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    /** Forms as they are posted, and queries: {@code a[b][0]=c} by that very name. */
    static final class Forms {
        private Forms() {}

        static Map<String, String> parse(@Nullable String encoded) {
            Map<String, String> fields = new LinkedHashMap<>();
            if (encoded != null && !encoded.isEmpty()) {
                for (String pair : encoded.split("&", -1)) {
                    String[] parts = pair.split("=", 2);
                    fields.put(decoded(parts[0]), parts.length == 2 ? decoded(parts[1]) : "");
                }
            }
            return fields;
        }

        private static String decoded(String text) {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        }
    }
}
