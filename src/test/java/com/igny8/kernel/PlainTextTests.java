package com.igny8.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlainTextTests {
    @ParameterizedTest
    @ValueSource(strings = {"", "Ada", "Ünïcode 名前", "🎈", "12345678"})
    void whatPeopleWriteIsPlain(String text) {
        assertThat(PlainText.is(text, 12)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\nb", "\0", "\u007f", "\u0085", "half \ud83c", "\udf88 half"})
    void whatCannotBeKeptOrShownIsNot(String text) {
        assertThat(PlainText.is(text, 12)).isFalse();
    }

    @Test
    void itsLengthCounts() {
        assertThat(PlainText.is("abc", 3)).isTrue();
        assertThat(PlainText.is("abcd", 3)).isFalse();
        assertThat(PlainText.is(null, 3)).isTrue();
    }

    @Test
    void blanksFillNothing() {
        assertThat(PlainText.isFilled("a", 3)).isTrue();
        assertThat(PlainText.isFilled(" ", 3)).isFalse();
        assertThat(PlainText.isFilled("", 3)).isFalse();
    }
}
