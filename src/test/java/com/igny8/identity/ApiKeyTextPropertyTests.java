package com.igny8.identity;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

import java.util.HashSet;
import java.util.Set;

class ApiKeyTextPropertyTests {
    private static final String DIGITS =
            "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    @Provide
    Arbitrary<ApiKeyText> keys() {
        return Arbitraries.create(ApiKeyText::fresh);
    }

    @Property(tries = 1000)
    void whatIsWrittenIsReadAgain(@ForAll("keys") ApiKeyText key) {
        assertThat(key.text())
                .matches("igny8_live_[0-9A-Za-z]{12}_[0-9A-Za-z]{39}")
                .startsWith(ApiKeyText.start(key.id()));
        assertThat(ApiKeyText.parse(key.text())).contains(key);
    }

    /** A CRC finds every fault of one character, wherever it is: the checksum's own too. */
    @Property(tries = 5000)
    void aCharacterThatIsAnotherIsFound(
            @ForAll("keys") ApiKeyText key,
            @ForAll @IntRange(max = 62) int position,
            @ForAll @IntRange(max = 61) int digit) {
        StringBuilder wrong = new StringBuilder(key.text());
        wrong.setCharAt(position, DIGITS.charAt(digit));

        assertThat(ApiKeyText.parse(wrong.toString()).isPresent())
                .isEqualTo(wrong.toString().equals(key.text()));
    }

    @Property(tries = 2000)
    void twoNeighboursThatChangedPlacesAreFound(
            @ForAll("keys") ApiKeyText key, @ForAll @IntRange(max = 61) int position) {
        StringBuilder wrong = new StringBuilder(key.text());
        wrong.setCharAt(position, key.text().charAt(position + 1));
        wrong.setCharAt(position + 1, key.text().charAt(position));

        assertThat(ApiKeyText.parse(wrong.toString()).isPresent())
                .isEqualTo(wrong.toString().equals(key.text()));
    }

    @Property(tries = 3000)
    void anyTextIsReadWithoutFail(@ForAll String text) {
        assertThat(ApiKeyText.parse(text)).isEmpty();
        assertThat(ApiKeyText.parse(ApiKeyText.START + text)).isEmpty();
    }

    @Property(tries = 1000)
    void aPartOfAKeyIsNone(@ForAll("keys") ApiKeyText key, @ForAll @IntRange(max = 62) int length) {
        assertThat(ApiKeyText.parse(key.text().substring(0, length))).isEmpty();
        assertThat(ApiKeyText.parse(key.text() + key.text().substring(0, length + 1))).isEmpty();
    }

    @Example
    void noTwoAreTheSameAndNoneTellsItsSecret() {
        Set<String> seen = new HashSet<>();
        for (int number = 0; number < 10_000; number++) {
            ApiKeyText key = ApiKeyText.fresh();
            assertThat(seen.add(key.id())).isTrue();
            assertThat(seen.add(key.secret())).isTrue();
            assertThat(key.toString()).doesNotContain(key.secret());
        }
    }
}
