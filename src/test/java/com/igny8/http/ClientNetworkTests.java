package com.igny8.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ClientNetworkTests {
    @Test
    void anAddressOfTheOldKindStandsForItself() {
        assertThat(ClientNetwork.of("203.0.113.9")).isEqualTo("203.0.113.9");
        assertThat(ClientNetwork.of("::ffff:203.0.113.9")).isEqualTo("203.0.113.9");
    }

    @Test
    void whoHasANetworkOfTheNewKindIsOneHoweverManyAddressesAreInIt() {
        assertThat(ClientNetwork.of("2001:db8:1:2:aaaa:bbbb:cccc:dddd"))
                .isEqualTo(ClientNetwork.of("2001:0db8:0001:0002::1"))
                .isNotEqualTo(ClientNetwork.of("2001:db8:1:3::1"));
    }

    @Test
    void whateverIsNoAddressIsTakenAsItIs() {
        assertThat(ClientNetwork.of("unknown")).isEqualTo("unknown");
        assertThat(ClientNetwork.of("fe80::1%eth99")).isNotEmpty();
    }
}
