package com.igny8.site;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Optional;

class DomainTests {
    @Provide
    Arbitrary<String> labels() {
        return Arbitraries.strings()
                .withChars("abcdefghijklmnopqrstuvwxyz0123456789")
                .ofMinLength(1)
                .ofMaxLength(12);
    }

    @Provide
    Arbitrary<String> hosts() {
        return Combinators.combine(
                        labels().list().ofMinSize(1).ofMaxSize(3),
                        Arbitraries.of("com", "de", "example", "co.uk", "xn--p1ai"))
                .as((labels, end) -> String.join(".", labels) + "." + end)
                .filter(host -> !host.startsWith("www."));
    }

    /** Ways in which people write the address of the same site. */
    @Provide
    Arbitrary<String> wrappings() {
        return Arbitraries.of(
                "%s",
                " %s ",
                "http://%s",
                "https://%s",
                "HTTPS://%s/",
                "https://www.%s",
                "www.%s",
                "WWW.%s/path/page.html?query=1#part",
                "https://%s:443/",
                "http://%s:80",
                "%s/",
                "%s?x=y",
                "%s#top",
                "%s.",
                "https://www.%s./");
    }

    @Property(tries = 400)
    void howeverASiteIsWrittenItIsTheSame(
            @ForAll("hosts") String host,
            @ForAll("wrappings") String wrapping,
            @ForAll boolean upperCase) {
        String written =
                wrapping.formatted(upperCase ? host.toUpperCase(java.util.Locale.ROOT) : host);

        assertThat(Domain.parse(written)).as(written).hasValue(new Domain(host));
    }

    @Property(tries = 1000)
    void anythingIsReadOrRefusedAndWhatIsReadStaysTheSame(@ForAll String anything) {
        Optional<Domain> domain = Domain.parse(anything);

        domain.ifPresent(read -> assertThat(Domain.parse(read.value())).isEqualTo(domain));
    }

    @Property(tries = 400)
    void whatIsReadStaysTheSame(
            @ForAll("hosts") String host, @ForAll("wrappings") String wrapping) {
        Optional<Domain> domain = Domain.parse(wrapping.formatted("www.www." + host));

        domain.ifPresent(read -> assertThat(Domain.parse(read.value())).isEqualTo(domain));
    }

    @ParameterizedTest
    @CsvSource({
        "bücher.de, xn--bcher-kva.de",
        "https://müller.example/shop, xn--mller-kva.example",
        "пример.рф, xn--e1afmkfd.xn--p1ai",
        "https://example.com:8443/, example.com:8443",
        "http://example.com:443/, example.com:443",
        "localhost:8080, localhost:8080",
        "10.0.0.1, 10.0.0.1",
        "www.com, www.com",
        "sub.www.example.com, sub.www.example.com",
    })
    void hostsOfEveryKind(String written, String host) {
        assertThat(Domain.parse(written)).hasValue(new Domain(host));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "example",
                "ftp://example.com",
                "javascript:alert(1)",
                "file:///etc/passwd",
                "https://user:secret@example.com",
                "user@example.com",
                "exa mple.com",
                "-a.example",
                "a-.example",
                "a..example",
                ".example.com",
                "a_b.example",
                "999.1.1.1",
                "1.2.3",
                "[::1]",
                "https://",
                "https:///path",
                "//example.com",
                "example.com:99999",
                "example.com:0",
                "example.com:-1",
                "example.com:x",
                "example.c",
                "example.123",
                "a\u0000.example",
                "a\n.example",
            })
    void whatIsNoWebAddressIsRefused(String written) {
        assertThat(Domain.parse(written)).as(written).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {64, 300, 100_000})
    void whatIsTooLongIsRefused(int length) {
        assertThat(Domain.parse("a".repeat(length) + ".example")).isEmpty();
    }
}
