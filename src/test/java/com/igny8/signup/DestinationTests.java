package com.igny8.signup;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DestinationTests {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/sites",
                "/sites/0199c1d2-0000-7000-8000-000000000000/keywords?page=2&search=a%20b",
                "/account/credits?cursor=10",
                "/?next=//elsewhere.example",
                "/{braces}",
            })
    void aPlaceOnThisSiteIsKept(String next) {
        assertThat(Destination.of(next)).contains(next);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "sites",
                "//elsewhere.example",
                "///elsewhere.example",
                "/\\elsewhere.example",
                "/sites\\..\\elsewhere",
                "\\\\elsewhere.example",
                "https://elsewhere.example",
                "javascript:alert(1)",
                "/\t/elsewhere.example",
                "/\n/elsewhere.example",
                "/sites\r\nSet-Cookie: a=b",
                " /sites",
                "/sites ",
                "/é",
                "/\u0000",
            })
    void anythingElseIsNothing(String next) {
        assertThat(Destination.of(next)).isEmpty();
    }

    @Test
    void nothingIsNothing() {
        assertThat(Destination.of(null)).isEmpty();
    }

    @Test
    void whatIsTooLongIsNothing() {
        assertThat(Destination.of("/" + "a".repeat(1_999))).isPresent();
        assertThat(Destination.of("/" + "a".repeat(2_000))).isEmpty();
    }
}
