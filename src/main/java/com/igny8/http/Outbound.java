package com.igny8.http;

import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.apache.hc.core5.io.Closer;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Calls servers whose addresses customers name, and gives them no chance to lead us elsewhere: a
 * name is looked up once, the connection goes to what was found to be {@linkplain Reachable
 * reachable}, no redirect is followed, and neither a slow answer nor a long one is waited for.
 */
@Component
public class Outbound implements DisposableBean {
    /** From the beginning to the end of a call, whatever it is that takes so long. */
    public static final Duration LIMIT = Duration.ofSeconds(15);

    public static final int MAX_EXCERPT_BYTES = 2_048;

    private static final Timeout CONNECT_TIMEOUT = Timeout.ofSeconds(5);
    private static final Timeout SILENCE_TIMEOUT = Timeout.ofSeconds(10);
    private static final int MAX_CONNECTIONS = 1_000;

    private final CloseableHttpClient client;
    private final ScheduledExecutorService watch =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("outbound-watch").factory());

    Outbound(Reachable reachable) {
        client =
                HttpClients.custom()
                        .setConnectionManager(
                                PoolingHttpClientConnectionManagerBuilder.create()
                                        .setDnsResolver(new CheckedNames(reachable))
                                        .setDefaultConnectionConfig(
                                                ConnectionConfig.custom()
                                                        .setConnectTimeout(CONNECT_TIMEOUT)
                                                        .setSocketTimeout(SILENCE_TIMEOUT)
                                                        .build())
                                        .setMaxConnTotal(MAX_CONNECTIONS)
                                        .setMaxConnPerRoute(MAX_CONNECTIONS)
                                        .build())
                        // Each call goes where the name leads by then, and is checked
                        .setConnectionReuseStrategy((request, response, context) -> false)
                        .setDefaultRequestConfig(
                                RequestConfig.custom()
                                        .setResponseTimeout(SILENCE_TIMEOUT)
                                        .setProtocolUpgradeEnabled(false)
                                        .build())
                        .setUserAgent("IGNY8")
                        .disableRedirectHandling()
                        .disableAutomaticRetries()
                        .disableCookieManagement()
                        .disableAuthCaching()
                        .disableContentCompression()
                        .build();
    }

    private record CheckedNames(Reachable reachable) implements DnsResolver {
        @Override
        public InetAddress[] resolve(String host) throws UnknownHostException {
            return reachable.addresses(host);
        }

        @Override
        public String resolveCanonicalHostname(String host) {
            return host;
        }
    }

    /**
     * What a server answered.
     *
     * @param excerpt how the body begins, as far as it was there in time
     */
    public record Answered(int status, String excerpt) {}

    /** Posts JSON; not to be called in a transaction. */
    public Answered post(URI address, Map<String, String> headers, String json)
            throws OutboundFailure {
        HttpPost request = new HttpPost(address);
        headers.forEach(request::setHeader);
        request.setEntity(new StringEntity(json, ContentType.APPLICATION_JSON));
        Future<?> hangingUp =
                watch.schedule(request::cancel, LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        try {
            ClassicHttpResponse response =
                    client.executeOpen(HttpHost.create(address), request, null);
            try {
                return new Answered(response.getCode(), excerpt(response.getEntity()));
            } finally {
                // Closing it in order would read it to its end
                request.cancel();
                Closer.closeQuietly(response);
            }
        } catch (IOException failure) {
            throw OutboundFailure.of(failure, request.isCancelled());
        } finally {
            hangingUp.cancel(false);
        }
    }

    private static String excerpt(@Nullable HttpEntity body) {
        if (body == null) {
            return "";
        }
        try {
            byte[] beginning = body.getContent().readNBytes(MAX_EXCERPT_BYTES);
            // Zeros are text to everybody but the database
            return new String(beginning, StandardCharsets.UTF_8).replace("\0", "");
        } catch (IOException brokenOff) {
            return "";
        }
    }

    @Override
    public void destroy() throws IOException {
        watch.shutdownNow();
        client.close();
    }
}
