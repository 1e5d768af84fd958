package com.igny8.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** A customer's server with a certificate for {@code hooks.example}, which it signed itself. */
class OutboundCertificateTests {
    private static final String PASSWORD = "certificate";
    private static final String TRUSTED = "javax.net.ssl.trustStore";
    private static final String TRUSTED_PASSWORD = "javax.net.ssl.trustStorePassword";

    @TempDir private Path directory;

    private final AtomicInteger calls = new AtomicInteger();
    private Path keys;
    private HttpsServer server;

    @BeforeEach
    void start() throws IOException, InterruptedException, GeneralSecurityException {
        keys = directory.resolve("keys.p12");
        makeCertificate();
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(withCertificate()));
        server.createContext(
                "/",
                exchange -> {
                    calls.incrementAndGet();
                    exchange.sendResponseHeaders(204, -1);
                    exchange.close();
                });
        server.start();
    }

    private void makeCertificate() throws IOException, InterruptedException {
        Process keytool =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "keytool")
                                        .toString(),
                                "-genkeypair",
                                "-keyalg",
                                "EC",
                                "-dname",
                                "CN=hooks.example",
                                "-ext",
                                "SAN=dns:hooks.example",
                                "-keystore",
                                keys.toString(),
                                "-storepass",
                                PASSWORD)
                        .inheritIO()
                        .start();
        assertThat(keytool.waitFor()).isZero();
    }

    private SSLContext withCertificate() throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream file = Files.newInputStream(keys)) {
            store.load(file, PASSWORD.toCharArray());
        }
        KeyManagerFactory managers =
                KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(store, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }

    @AfterEach
    void stop() {
        System.clearProperty(TRUSTED);
        System.clearProperty(TRUSTED_PASSWORD);
        server.stop(0);
    }

    private int told(String host) throws IOException, OutboundFailure {
        Outbound outbound =
                new Outbound(
                        new Reachable(
                                "127.0.0.1",
                                any -> new InetAddress[] {InetAddress.getLoopbackAddress()}));
        try {
            URI address =
                    URI.create("https://%s:%d/".formatted(host, server.getAddress().getPort()));
            return outbound.post(address, Map.of(), "{}").status();
        } finally {
            outbound.destroy();
        }
    }

    @Test
    void onlyAServerWithACertificateThatIsTrustedAndOfItsNameIsTold()
            throws IOException, OutboundFailure {
        requireRefused("hooks.example");

        System.setProperty(TRUSTED, keys.toString());
        System.setProperty(TRUSTED_PASSWORD, PASSWORD);

        assertThat(told("hooks.example")).isEqualTo(204);
        requireRefused("other.example");
        assertThat(calls).hasValue(1);
    }

    private void requireRefused(String host) {
        assertThatThrownBy(() -> told(host))
                .isInstanceOf(OutboundFailure.class)
                .hasMessage("No secure connection: is the certificate in order?");
    }
}
