package com.igny8.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.igny8.mail.Letter;
import com.igny8.testing.Customer;
import com.igny8.testing.PageClient;
import com.igny8.testing.Product;
import com.igny8.testing.Reply;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What an attacker tries at the door; each test names the guard it would fail without. */
class HostileTests {
    private final Product product = Product.running();

    private static Map<String, String> credentials(Customer customer) {
        return Map.of("email", customer.email(), "password", Customer.PASSWORD);
    }

    /** Guard: each sign-in begins a session of its own. */
    @Test
    void aSessionPlantedBeforeTheSignInIsNotTheOneAfter() {
        Customer victim = product.signUp();
        Customer attacker = product.signUp();
        String planted = PageClient.signedIn(attacker).cookie("igny8_session");
        PageClient browser = PageClient.of(product);
        browser.get("/login");
        browser.holding("igny8_session", "planted-by-an-attacker");

        browser.send("/login", "/login", credentials(victim)).expect(303);

        assertThat(browser.cookie("igny8_session"))
                .isNotIn("planted-by-an-attacker", planted)
                .hasSizeGreaterThan(40);
        assertThat(
                        PageClient.of(product)
                                .holding("igny8_session", "planted-by-an-attacker")
                                .get("/sites")
                                .header("Location"))
                .startsWith("/login");
    }

    /** Guard: the form's token, of the filter chain of pages. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/login",
                "/login/second-factor",
                "/logout",
                "/signup",
                "/forgot-password",
                "/reset-password",
                "/verify-email",
                "/change-email",
                "/undo-email-change",
                "/profile",
                "/profile/email",
                "/profile/verify-email",
                "/profile/security/password",
                "/profile/security/second-factor",
                "/profile/security/second-factor/confirm",
                "/profile/security/second-factor/disable",
                "/profile/security/recovery-codes",
                "/profile/sessions/end-others",
            })
    void aFormWithoutItsTokenIsRefused(String action) {
        Customer customer = product.signUp();
        PageClient visitor = PageClient.signedIn(customer);

        Reply reply = visitor.post(action, Map.of("password", Customer.PASSWORD));

        assertThat(reply.status()).isEqualTo(403);
        assertThat(reply.body()).contains("This form has expired");
        visitor.get("/profile").expect(200);
    }

    /** Guard: {@code Destination}. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example/",
                "//evil.example/",
                "/\\evil.example/",
                "\\\\evil.example",
                "javascript:alert(1)",
                "/\t/evil.example",
                "/%0d%0aSet-Cookie: a=b\r\nX: y",
            })
    void signingInLeadsNowhereElse(String next) {
        Customer customer = product.signUp();
        Map<String, String> fields = new HashMap<>(credentials(customer));
        fields.put("next", next);

        Reply reply = PageClient.of(product).send("/login", "/login", fields).expect(303);

        assertThat(reply.header("Location")).isEqualTo("/sites");
        assertThat(reply.header("X")).isNull();
    }

    /** Guards: unknown fields are refused, and bodies name only what may be changed. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "role",
                "is_operator",
                "email",
                "account_id",
                "credits",
                "id",
                "email_verified",
                "password_hash",
                "is_active"
            })
    void nothingElseIsAssignedAlongTheWay(String field) {
        Customer customer = product.signUp();
        String before = row(customer);
        Map<String, Object> rename = new HashMap<>(Map.of("first_name", "Eve", field, "true"));
        customer.api().patch("auth/me/", rename).expect(400);
        assertThat(row(customer)).isEqualTo(before);

        Map<String, Object> body = Product.registration(Product.freshEmail());
        if (!body.containsKey(field)) {
            body.put(field, true);
            product.api().post("auth/register/", body).expect(400);
        }
        Map<String, String> fields =
                new HashMap<>(Map.of("first_name", "Eve", "last_name", "", field, "true"));
        PageClient.signedIn(customer).send("/profile", "/profile", fields).expect(303);
        assertThat(row(customer).replace("Eve", "")).isEqualTo(before);
    }

    /** Besides the session, which is of now. */
    private String row(Customer customer) {
        return product.sql()
                .sql("SELECT row_to_json(u)::text FROM app_user u WHERE id = ?")
                .param(customer.userId())
                .query(String.class)
                .single();
    }

    /** Guards: what addresses and names may hold, and at the end {@link Letter} itself. */
    @Test
    void noHeaderIsWrittenByANameOrAnAddress() {
        for (String email :
                List.of(
                        "a@example.com\r\nBcc: b@evil.example",
                        "a@example.com\nBcc: b@evil.example",
                        "a\r\n@example.com",
                        "a@example.com, b@evil.example",
                        "a@example.com\u0000")) {
            product.api()
                    .post("auth/register/", Product.registration(email))
                    .expectInvalid("email");
            assertThat(product.api().post("auth/password-reset/", Map.of("email", email)).status())
                    .isEqualTo(400);
        }
        Map<String, Object> body = Product.registration(Product.freshEmail());
        body.put("first_name", "Eve\r\nBcc: b@evil.example");
        product.api().post("auth/register/", body).expectInvalid("first_name");
        Customer customer = product.signUp();
        customer.api()
                .patch("auth/me/", Map.of("last_name", "E\nBcc: b@evil.example"))
                .expectInvalid("last_name");

        assertThatThrownBy(() -> new Letter("a@example.com\r\nBcc: b@c.d", "t", "s", "text", null))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Letter("a@example.com", "t", "s\r\nBcc: b@c.d", "text", null))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /** Guard: addresses are ASCII; the database compares them as we do. */
    @ParameterizedTest
    @ValueSource(strings = {"\u212A", "\u0131", "\u0130", "\uFF4B", "\u017F"})
    void anAddressInLookAlikesIsNobodys(String letter) {
        Customer customer = product.signUp(Map.of("email", "ki" + Product.freshEmail()));
        String lookalike = letter + customer.email().substring(1);

        product.api()
                .post("auth/register/", Product.registration(lookalike))
                .expectInvalid("email");
        product.api()
                .post("auth/password-reset/", Map.of("email", lookalike))
                .expectInvalid("email");
    }

    /** Guard: one answer for both; what differs comes by mail. */
    @Test
    void signingUpWithATakenAddressLooksLikeAnyOther() {
        Customer customer = product.signUp();
        Map<String, String> taken =
                Map.of("name", "Eve", "email", customer.email(), "password", Customer.PASSWORD);
        Map<String, String> fresh =
                Map.of("name", "Eve", "email", Product.freshEmail(), "password", Customer.PASSWORD);
        PageClient stranger = PageClient.of(product);
        PageClient newcomer = PageClient.of(product);

        Reply ofTaken = stranger.send("/signup", "/signup", taken);
        Reply ofFresh = newcomer.send("/signup", "/signup", fresh);

        assertThat(shape(ofTaken)).isEqualTo(shape(ofFresh));
        assertThat(newcomer.get("/signup/done").header("Location")).isEqualTo("/sites");
        assertThat(stranger.get("/signup/done").expect(200).body())
                .contains("Look into your mailbox");
        assertThat(stranger.get("/sites").header("Location")).startsWith("/login");
    }

    private static String shape(Reply reply) {
        return reply.status()
                + " "
                + reply.header("Location")
                + " "
                + reply.headers().allValues("Set-Cookie").stream()
                        .map(
                                cookie ->
                                        cookie.replaceAll("=[\\w-]{20,}", "=*")
                                                .replaceAll("Expires=[^;]+", "Expires=*"))
                        .sorted()
                        .toList()
                + reply.body();
    }
}
