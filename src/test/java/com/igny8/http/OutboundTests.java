package com.igny8.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.igny8.kernel.Problem;
import com.igny8.testing.Receiver;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OutboundTests {
    private final Receiver receiver = new Receiver();

    @AfterAll
    void close() {
        receiver.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "10.1.2.3",
                "100.64.0.1",
                "127.0.0.1",
                "127.255.0.1",
                "169.254.169.254",
                "172.31.0.1",
                "192.0.0.8",
                "192.168.1.1",
                "198.19.0.1",
                "224.0.0.1",
                "255.255.255.255",
                "::",
                "::1",
                "::7f00:1",
                "::ffff:10.0.0.1",
                "64:ff9b::a00:1",
                "fc00::1",
                "fd12:3456::1",
                "fe80::1",
                "fec0::1",
                "ff02::1",
                "2001::1",
                "2001:db8::1",
                "2002:a00:1::"
            })
    void noNameLeadsToAnAddressThatIsNotPublicAndNoneCanBeTyped(String address) {
        InetAddress literal = InetAddress.ofLiteral(address);
        Reachable reachable = new Reachable("", host -> new InetAddress[] {literal});

        assertThatThrownBy(() -> reachable.addresses("innocent.example"))
                .isInstanceOf(UnknownHostException.class);
        String host = address.contains(":") ? "[" + address + "]" : address;
        assertThatThrownBy(() -> reachable.require("url", "https://" + host + "/hooks"))
                .isInstanceOfSatisfying(
                        Problem.class,
                        problem -> assertThat(problem.fields()).containsOnlyKeys("url"));
    }

    @Test
    void whatIsPublicOrAllowedCanBeReached() throws UnknownHostException {
        InetAddress inside = InetAddress.ofLiteral("10.1.2.3");
        InetAddress beside = InetAddress.ofLiteral("10.2.0.1");
        InetAddress outside = InetAddress.ofLiteral("93.184.215.14");
        InetAddress outsideLong = InetAddress.ofLiteral("2606:4700::1111");
        Reachable reachable =
                new Reachable(
                        "10.1.0.0/16, wiki.internal",
                        host -> new InetAddress[] {beside, inside, outside, outsideLong});

        assertThat(reachable.addresses("any.example"))
                .containsExactly(inside, outside, outsideLong);
        assertThat(reachable.addresses("WIKI.internal")).contains(beside);
        assertThat(reachable.require("url", " http://10.1.9.9/x "))
                .isEqualTo(URI.create("http://10.1.9.9/x"));
        assertThat(reachable.require("url", "http://wiki.internal/x").getHost())
                .isEqualTo("wiki.internal");
        assertThat(reachable.require("url", "https://any.example:8443/x?y=z")).hasPort(8443);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "example.com",
                "http://example.com/",
                "ftp://example.com/",
                "https:///x",
                "https://user:secret@example.com/",
                "https://example.com/#part",
                "https://example.com:0/",
                "https://example.com:65536/",
                "https://localhost/",
                "https://api.localhost/",
                "https://2130706433/",
                "https://exa mple.com/",
                "http://10.9.9.9.example.com/"
            })
    void whatCannotBeCalledSafelyCannotBeTyped(String address) {
        assertThatThrownBy(() -> new Reachable("10.0.0.0/8").require("url", address))
                .isInstanceOf(Problem.class);
    }

    @Test
    void aNameIsLookedUpOnceAndTheConnectionGoesToWhatWasChecked() throws Exception {
        AtomicInteger lookUps = new AtomicInteger();
        Reachable reachable =
                new Reachable(
                        "127.0.0.1",
                        host -> {
                            // Whoever asked a second time would be led to another server
                            boolean isFirst = lookUps.incrementAndGet() == 1;
                            return new InetAddress[] {
                                InetAddress.ofLiteral(isFirst ? "127.0.0.1" : "127.0.0.2")
                            };
                        });
        URI address =
                URI.create(receiver.address("/once").replace("127.0.0.1", "rebinding.example"));

        Outbound.Answered answered = post(reachable, address);

        assertThat(answered.status()).isEqualTo(200);
        assertThat(lookUps).hasValue(1);
        assertThat(receiver.told("/once").getFirst().headers().get("host"))
                .startsWith("rebinding.example:");
        assertThatThrownBy(() -> post(reachable, address))
                .isInstanceOf(OutboundFailure.class)
                .hasMessage("The host is unknown, or has no public address");
    }

    @Test
    void noRedirectIsFollowed() throws Exception {
        receiver.answers(told -> told.path().equals("/moved") ? 307 : 200);
        Reachable reachable = new Reachable("127.0.0.1");

        assertThat(post(reachable, URI.create(receiver.address("/moved"))).status()).isEqualTo(307);

        assertThat(receiver.told("/elsewhere")).isEmpty();
    }

    private static Outbound.Answered post(Reachable reachable, URI address)
            throws OutboundFailure, IOException {
        Outbound outbound = new Outbound(reachable);
        try {
            return outbound.post(address, Map.of(), "{}");
        } finally {
            outbound.destroy();
        }
    }
}
