package com.igny8.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.igny8.testing.Customer;
import com.igny8.testing.Mailbox;
import com.igny8.testing.PageClient;
import com.igny8.testing.Product;
import com.igny8.testing.Reply;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

class SecondFactorTests {
    private static final Duration A_STEP = Duration.ofSeconds(31);

    private final Product product = Product.running();

    private record Enrolled(Customer customer, Totp app, List<String> recoveryCodes) {}

    private static Reply begin(Customer customer) {
        return customer.api().post("auth/second-factor/", Map.of("password", Customer.PASSWORD));
    }

    private static Totp app(Reply begun) {
        return app(begun.data().path("secret").asString());
    }

    private static Totp app(String base32) {
        return new Totp(AuthenticatorApp.secret(base32));
    }

    private String code(Totp app) {
        return app.code(Totp.step(product.clock().instant()));
    }

    /** In the last moment of a step it would be too old by the time it arrives. */
    private String codeBefore(Totp app) {
        await().pollDelay(Duration.ZERO)
                .until(() -> product.clock().instant().getEpochSecond() % 30 < 28);
        return app.code(Totp.step(product.clock().instant()) - 1);
    }

    /** With the code of the step before: the present one is still to be used. */
    private Enrolled enrol() {
        Customer customer = product.signUp();
        Totp app = app(begin(customer).expect(200));
        String before = codeBefore(app);
        List<String> codes = new ArrayList<>();
        customer.api()
                .post("auth/second-factor/confirm/", Map.of("code", before))
                .expect(200)
                .data()
                .path("recovery_codes")
                .forEach(code -> codes.add(code.asString()));
        return new Enrolled(customer, app, codes);
    }

    private String challenge(Customer customer) {
        Reply reply =
                product.api()
                        .post(
                                "auth/login/",
                                Map.of("email", customer.email(), "password", Customer.PASSWORD))
                        .expectRefusal(401, "second_factor_required");
        assertThat(reply.body()).doesNotContain("access", "refresh");
        return reply.json().path("challenge").asString();
    }

    private Reply answer(String challenge, String code) {
        return product.api()
                .post("auth/login/second-factor/", Map.of("challenge", challenge, "code", code));
    }

    @Test
    void signingInTakesThePasswordAndACode() {
        Enrolled enrolled = enrol();
        String challenge = challenge(enrolled.customer());

        Reply reply = answer(challenge, code(enrolled.app())).expect(200);

        product.api().as(reply.data().path("access").asString()).get("auth/me/").expect(200);
        answer(challenge, code(enrolled.app())).expectRefusal(401, "challenge_invalid");
        assertThat(new Mailbox(product, enrolled.customer().email()).letters("second_factor_on"))
                .hasSize(1);
    }

    /** Guard: who looks over a shoulder, or reads along, has nothing of the code. */
    @Test
    void aCodeIsGoodOnce() throws Exception {
        Enrolled enrolled = enrol();
        String code = code(enrolled.app());
        answer(challenge(enrolled.customer()), code).expect(200);

        answer(challenge(enrolled.customer()), code).expectRefusal(401, "second_factor_invalid");

        product.clock()
                .later(
                        A_STEP,
                        () ->
                                answer(challenge(enrolled.customer()), code(enrolled.app()))
                                        .expect(200));
    }

    @Test
    void theSameCodeAtOnceLetsOneIn() throws Exception {
        Enrolled enrolled = enrol();
        String code = code(enrolled.app());
        List<Callable<Reply>> tries = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            String challenge = challenge(enrolled.customer());
            tries.add(() -> answer(challenge, code));
        }
        List<Integer> answers = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var answer : threads.invokeAll(tries)) {
                answers.add(answer.get().status());
            }
        }
        assertThat(answers).containsExactlyInAnyOrder(200, 401, 401);
    }

    @Test
    void recoveryCodesLetInOnceEachHoweverTheyAreTyped() {
        Enrolled enrolled = enrol();
        assertThat(enrolled.recoveryCodes()).hasSize(10).doesNotHaveDuplicates();
        String one = enrolled.recoveryCodes().get(3);

        answer(
                        challenge(enrolled.customer()),
                        one.toUpperCase(java.util.Locale.ROOT).replace("-", " "))
                .expect(200);

        answer(challenge(enrolled.customer()), one).expectRefusal(401, "second_factor_invalid");
        answer(challenge(enrolled.customer()), enrolled.recoveryCodes().get(4)).expect(200);
        assertThat(
                        enrolled.customer()
                                .api()
                                .get("auth/second-factor/")
                                .expect(200)
                                .data()
                                .path("recovery_codes_left")
                                .asInt())
                .isEqualTo(8);
        assertThat(new Mailbox(product, enrolled.customer().email()).letters("recovery_code_used"))
                .hasSize(2);
    }

    @Test
    void wrongCodesAreSlowedDownWhateverTheChallenge() {
        Enrolled enrolled = enrol();
        try (var _ = product.clock().still()) {
            for (int i = 0; i < 3; i++) {
                answer(challenge(enrolled.customer()), "000000")
                        .expectRefusal(401, "second_factor_invalid");
            }

            answer(challenge(enrolled.customer()), code(enrolled.app()))
                    .expectRefusal(429, "sign_in_locked");
        }
    }

    @Test
    void wrongCodesAtTheEnrolmentAreSlowedDownToo() {
        Customer customer = product.signUp();
        Totp app = app(begin(customer).expect(200));
        try (var _ = product.clock().still()) {
            for (int i = 0; i < 3; i++) {
                confirm(customer, "000000").expectInvalid("code");
            }

            confirm(customer, code(app)).expectRefusal(429, "sign_in_locked");
        }
        assertThat(product.bean(SecondFactors.class).isOn(customer.userId())).isFalse();
    }

    private static Reply confirm(Customer customer, String code) {
        return customer.api().post("auth/second-factor/confirm/", Map.of("code", code));
    }

    /** Guard: a password that is reset by mail once an hour must not give tries without end. */
    @Test
    void aResetEndsThePauseForCodesButForgetsNoWrongOnes() {
        Enrolled enrolled = enrol();
        Customer customer = enrolled.customer();
        User user = product.bean(Users.class).get(customer.userId());
        SignInGuard guard = product.bean(SignInGuard.class);
        for (int i = 0; i < 10; i++) {
            product.bean(SignInGuard.class).lift(guard.codeOf(user));
            guard.failed(guard.codeOf(user));
        }
        product.bean(PasswordResets.class).send(user);
        String link =
                new Mailbox(product, customer.email())
                        .letters("password_reset")
                        .getLast()
                        .token("/reset-password");
        product.api()
                .post(
                        "auth/password-reset/confirm/",
                        Map.of("token", link, "password", Customer.PASSWORD))
                .expect(200);

        answer(challenge(customer), "000000").expectRefusal(401, "second_factor_invalid");

        answer(challenge(customer), code(enrolled.app())).expectRefusal(429, "sign_in_locked");
        assertThat(events(customer)).contains("sign_in.code_failed", "user.password_changed");
    }

    private List<@Nullable String> events(Customer customer) {
        return product.sql()
                .sql("SELECT event FROM security_event WHERE user_id = ?")
                .param(customer.userId())
                .query(String.class)
                .list();
    }

    @Test
    void aChallengeLastsFiveMinutesAndEndsWithThePassword() throws Exception {
        Enrolled enrolled = enrol();
        String challenge = challenge(enrolled.customer());
        product.clock()
                .later(
                        Duration.ofMinutes(6),
                        () ->
                                answer(challenge, code(enrolled.app()))
                                        .expectRefusal(401, "challenge_invalid"));

        enrolled.customer()
                .api()
                .post(
                        "auth/change-password/",
                        Map.of(
                                "current_password",
                                Customer.PASSWORD,
                                "new_password",
                                "violet tractor pebble"))
                .expect(200);
        answer(challenge, code(enrolled.app())).expectRefusal(401, "challenge_invalid");
    }

    @Test
    void whatIsNotConfirmedDoesNotCount() {
        Customer customer = product.signUp();
        begin(customer).expect(200);

        customer.api()
                .post("auth/second-factor/confirm/", Map.of("code", "000000"))
                .expectInvalid("code");
        product.signIn(customer);
    }

    @Test
    void itIsTurnedOffAndRenewedWithThePasswordOnly() {
        Enrolled enrolled = enrol();
        Customer customer = enrolled.customer();
        Map<String, String> wrong = Map.of("password", "not this one");
        Map<String, String> right = Map.of("password", Customer.PASSWORD);

        customer.api().post("auth/second-factor/disable/", wrong).expectInvalid("password");
        customer.api().post("auth/second-factor/recovery-codes/", wrong).expectInvalid("password");
        begin(customer).expectRefusal(409, "second_factor_on");

        customer.api().post("auth/second-factor/recovery-codes/", right).expect(200);
        answer(challenge(customer), enrolled.recoveryCodes().getFirst())
                .expectRefusal(401, "second_factor_invalid");

        customer.api().post("auth/second-factor/disable/", right).expect(200);
        product.signIn(customer);
        customer.api()
                .post("auth/second-factor/disable/", right)
                .expectRefusal(409, "second_factor_off");
    }

    @Test
    void neitherSecretNorCodesLieReadableInTheDatabase() {
        Enrolled enrolled = enrol();

        String kept =
                product.sql()
                        .sql(
                                """
                                SELECT (SELECT string_agg(f::text, ' ') FROM second_factor f) ||
                                       (SELECT string_agg(c::text, ' ') FROM recovery_code c)
                                """)
                        .query(String.class)
                        .single();

        assertThat(kept)
                .doesNotContain(java.util.HexFormat.of().formatHex(enrolled.app().secret()))
                .doesNotContain(enrolled.app().text())
                .doesNotContain(enrolled.recoveryCodes().getFirst())
                .doesNotContain(enrolled.recoveryCodes().getFirst().replace("-", ""));
    }

    @Test
    void thePagesSetItUpAndAskForTheCode() {
        Customer customer = product.signUp();
        PageClient visitor = PageClient.signedIn(customer);
        Reply begun =
                visitor.send(
                        "/profile/security",
                        "/profile/security/second-factor",
                        Map.of("password", Customer.PASSWORD));
        assertThat(begun.header("Location")).endsWith("/profile/security/second-factor");
        Reply page = visitor.get("/profile/security/second-factor").expect(200);
        assertThat(page.body()).contains("<svg", "viewBox=\"0 0 ");
        Matcher secret = Pattern.compile(">([A-Z2-7]{32})<").matcher(page.body());
        assertThat(secret.find()).isTrue();
        Totp app = app(secret.group(1));
        Reply codes =
                visitor.send(
                        "/profile/security/second-factor/confirm", Map.of("code", codeBefore(app)));
        assertThat(codes.expect(200).body()).contains("Your recovery codes");

        PageClient again = PageClient.of(product);
        Reply asked =
                again.send(
                        "/login",
                        "/login",
                        Map.of(
                                "email",
                                customer.email(),
                                "password",
                                Customer.PASSWORD,
                                "next",
                                "/profile"));
        assertThat(asked.expect(200).body()).contains("One more step");
        assertThat(again.get("/sites").header("Location")).startsWith("/login");
        Matcher challenge =
                Pattern.compile("name=\"challenge\" value=\"([^\"]+)\"").matcher(asked.body());
        assertThat(challenge.find()).isTrue();
        Reply in =
                again.send(
                        "/login/second-factor",
                        Map.of(
                                "challenge",
                                challenge.group(1),
                                "next",
                                "/profile",
                                "code",
                                code(app)));
        assertThat(in.header("Location")).isEqualTo("/profile");
        again.get("/profile").expect(200);
    }
}
