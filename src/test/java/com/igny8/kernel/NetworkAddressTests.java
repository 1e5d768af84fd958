package com.igny8.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NetworkAddressTests {
    @ParameterizedTest
    @CsvSource({
        "203.0.113.7, 203.0.113.7",
        "127.0.0.1, The machine IGNY8 runs on",
        "0:0:0:0:0:0:0:1, The machine IGNY8 runs on",
        "2001:db8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
        "2001:0DB8:0:1:0:0:0:2, 2001:db8:0:1::2",
        "2001:db8:0:1:1:1:1:0, 2001:db8:0:1:1:1:1:0",
        "fe80:0:0:0:0:0:0:0, fe80::",
        "0:0:0:0:0:0:0:0, ::",
        "a.name, a.name",
        ",",
    })
    void addressesAreShownAsPeopleReadThem(String address, String shown) {
        assertThat(NetworkAddress.inWords(address)).isEqualTo(shown);
    }
}
