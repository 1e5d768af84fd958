package com.igny8.tenancy;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.igny8.kernel.Problem;

import org.junit.jupiter.api.Test;

import java.util.UUID;

class AtOnceTests {
    private final AtOnce files = new AtOnce(2, "files are read");
    private final Caller ada = someone();

    private static Caller someone() {
        return new Caller(UUID.randomUUID(), UUID.randomUUID(), Role.OWNER, Caller.Via.TOKEN);
    }

    @Test
    void oneMoreBeginsWhenOneHasEnded() {
        begin(ada);
        AtOnce.Turn second = begin(ada);
        assertThatThrownBy(() -> begin(ada))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("At most 2 files are read at once");

        second.close();

        begin(ada);
        assertThatThrownBy(() -> begin(ada)).isInstanceOf(Problem.class);
    }

    @Test
    void accountsDoNotCountForOneAnother() {
        begin(ada);
        begin(ada);

        begin(someone());
    }

    private AtOnce.Turn begin(Caller caller) {
        return Tenancy.as(caller, files::begin);
    }
}
