package com.igny8.identity;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.charset.StandardCharsets;
import java.time.Instant;

class TotpTests {
    private static final Totp RFC =
            new Totp("12345678901234567890".getBytes(StandardCharsets.US_ASCII));

    /** Appendix B of RFC 6238, the last 6 of its 8 digits. */
    @ParameterizedTest
    @CsvSource({
        "59, 287082",
        "1111111109, 081804",
        "1111111111, 050471",
        "1234567890, 005924",
        "2000000000, 279037",
        "20000000000, 353130"
    })
    void theVectorsOfTheStandard(long seconds, String code) {
        assertThat(RFC.code(Totp.step(Instant.ofEpochSecond(seconds)))).isEqualTo(code);
    }

    @Test
    void theSecretIsWrittenInBase32() {
        assertThat(RFC.text()).isEqualTo("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
    }

    @Test
    void aCodeIsGoodOneStepEarlyOrLateAndNotAfterItsUse() {
        Instant now = Instant.ofEpochSecond(1_111_111_111);
        long step = Totp.step(now);

        assertThat(RFC.matching(RFC.code(step - 1), now, 0)).hasValue(step - 1);
        assertThat(RFC.matching(RFC.code(step + 1), now, 0)).hasValue(step + 1);
        assertThat(RFC.matching(RFC.code(step - 2), now, 0)).isEmpty();
        assertThat(RFC.matching(RFC.code(step + 2), now, 0)).isEmpty();
        assertThat(RFC.matching(RFC.code(step), now, step)).isEmpty();
        assertThat(RFC.matching(RFC.code(step - 1), now, step)).isEmpty();
        assertThat(RFC.matching("", now, 0)).isEmpty();
    }
}
