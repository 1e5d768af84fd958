package com.igny8.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.igny8.kernel.Problem;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;

class FormTests {
    private final Form form =
            Form.sent(
                    Map.of("name", "Ada", "password", "secret", "_csrf", "token"),
                    "name",
                    "password");

    @Test
    void keepsTheFieldsItNamesAndNoOthers() {
        assertThat(form.value("name")).isEqualTo("Ada");
        assertThat(form.value("_csrf")).isEmpty();
        assertThat(Form.blank("name").value("name")).isEmpty();
    }

    @Test
    void forgetsAFieldButStillSaysWhatIsWrongWithIt() {
        Form shown = form.refused(Problem.invalid("password", "Too short")).forgetting("password");

        assertThat(shown.value("password")).isEmpty();
        assertThat(shown.errors("password")).containsExactly("Too short");
        assertThat(shown.errors("name")).isEmpty();
    }

    @Test
    void whatItsFieldsSayIsNotSaidAboveThemToo() {
        assertThat(form.alert()).isNull();
        assertThat(form.refused(Problem.invalid("name", "Too long")).alert()).isNull();
    }

    @Test
    void whatNoFieldOfItsCanSayIsSaidAboveThem() {
        Problem limit = Problem.forbidden("limit_reached", "There is no room");
        Problem elsewhere = Problem.invalid(Map.of("account_name", List.of("Too long")));

        assertThat(form.refused(limit).alert()).isSameAs(limit);
        assertThat(form.refused(elsewhere).alert()).isSameAs(elsewhere);
    }

    @Test
    void whatIsNotANumberIsNoChoice() {
        assertThat(form.number("name")).isZero();
        assertThat(Form.sent(Map.of("industry", "12"), "industry").number("industry"))
                .isEqualTo(12);
    }
}
