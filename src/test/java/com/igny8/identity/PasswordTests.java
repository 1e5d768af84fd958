package com.igny8.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.igny8.testing.Customer;
import com.igny8.testing.Mailbox;
import com.igny8.testing.PageClient;
import com.igny8.testing.Product;
import com.igny8.testing.Reply;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.Map;

class PasswordTests {
    private static final String ANOTHER = "violet tractor pebble";

    private final Product product = Product.running();

    private Reply askFor(String email) {
        return product.api().post("auth/password-reset/", Map.of("email", email)).expect(200);
    }

    private void write() {
        product.bean(LetterWriting.class).write();
    }

    private String resetToken(Customer customer) {
        askFor(customer.email());
        write();
        return new Mailbox(product, customer.email())
                .letters("password_reset")
                .getLast()
                .token("/reset-password");
    }

    private Reply confirm(String token, String password) {
        return product.api()
                .post("auth/password-reset/confirm/", Map.of("token", token, "password", password));
    }

    private Reply signIn(Customer customer, String password) {
        return product.api()
                .post("auth/login/", Map.of("email", customer.email(), "password", password));
    }

    private Reply change(Customer customer, String current, String next) {
        return customer.api()
                .post(
                        "auth/change-password/",
                        Map.of("current_password", current, "new_password", next));
    }

    @Test
    void aForgottenPasswordIsSetByTheLinkOfAMailAndEverythingElseEnds() {
        Customer customer = product.signUp();
        PageClient visitor = PageClient.signedIn(customer);

        confirm(resetToken(customer), ANOTHER).expect(200);

        signIn(customer, Customer.PASSWORD).expectRefusal(401, "invalid_credentials");
        signIn(customer, ANOTHER).expect(200);
        customer.api().get("auth/me/").expectRefusal(401, "token_invalid");
        product.api()
                .post("auth/refresh/", Map.of("refresh", customer.refresh()))
                .expectRefusal(401, "refresh_token_invalid");
        assertThat(visitor.get("/sites").header("Location")).startsWith("/login");
        assertThat(new Mailbox(product, customer.email()).letters("password_changed")).hasSize(1);
    }

    @Test
    void theLinkIsGoodOnceAndForAnHour() throws Exception {
        Customer customer = product.signUp();
        String used = resetToken(customer);
        confirm(used, ANOTHER).expect(200);
        confirm(used, "another orbit walnut").expectInvalid("token");

        String late = resetToken(customer);
        product.clock()
                .later(Duration.ofMinutes(61), () -> confirm(late, ANOTHER).expectInvalid("token"));
        product.clock().later(Duration.ofMinutes(59), () -> confirm(late, ANOTHER).expect(200));
        confirm("nonsense", ANOTHER).expectInvalid("token");
    }

    @Test
    void aWeakPasswordDoesNotUseTheLinkUp() {
        Customer customer = product.signUp();
        String token = resetToken(customer);

        confirm(token, "password1").expectInvalid("password");
        confirm(token, ANOTHER).expect(200);
    }

    @Test
    void theAnswerDoesNotTellWhetherAnybodyHasTheAddress() {
        Customer customer = product.signUp();
        String nobodys = Product.freshEmail();

        Reply known = askFor(customer.email());
        Reply unknown = askFor(nobodys);
        write();

        assertThat(known.json().path("data")).isEqualTo(unknown.json().path("data"));
        assertThat(known.json().path("message")).isEqualTo(unknown.json().path("message"));
        assertThat(new Mailbox(product, nobodys).letters()).isEmpty();
    }

    @Test
    void nobodyIsFloodedWithResets() {
        Customer customer = product.signUp();
        for (int i = 0; i < 5; i++) {
            askFor(customer.email());
        }

        assertThat(new Mailbox(product, customer.email()).letters("password_reset")).hasSize(3);
    }

    /** Guard: links begin with the configured address, not with what the request says. */
    @Test
    void aPoisonedHostHeaderDoesNotReachTheMail() throws Exception {
        Customer customer = product.signUp();
        String body = "{\"email\":\"%s\"}".formatted(customer.email());
        String answer =
                RawHttp.send(
                        product.port(),
                        """
                        POST /api/v1/auth/password-reset/ HTTP/1.1
                        Host: evil.example
                        X-Forwarded-Host: evil.example
                        Forwarded: host=evil.example
                        Content-Type: application/json
                        Content-Length: %d
                        Connection: close

                        %s\
                        """
                                .formatted(body.length(), body));
        write();

        assertThat(answer).startsWith("HTTP/1.1 200");
        assertThat(new Mailbox(product, customer.email()).letters("password_reset"))
                .singleElement()
                .satisfies(
                        letter ->
                                assertThat(letter.text())
                                        .contains("http://localhost")
                                        .doesNotContain("evil"));
    }

    /** Guard: the mail goes to the address we know, not to the one that looks like it. */
    @Test
    void anAddressInLettersThatLookAlikeGetsNoMail() {
        String local = "kiki-" + System.nanoTime();
        Customer customer = product.signUp(Map.of("email", local + "@example.com"));
        String lookalike = local.replaceFirst("k", "\u212A") + "@example.com";

        product.api()
                .post("auth/password-reset/", Map.of("email", lookalike))
                .expectInvalid("email");
        write();

        assertThat(new Mailbox(product, customer.email()).letters("password_reset")).isEmpty();
    }

    @Test
    void changingThePasswordEndsEverythingButTheSignInThatDoesIt() {
        Customer customer = product.signUp();
        Customer elsewhere = product.signIn(customer);
        PageClient visitor = PageClient.signedIn(customer);

        change(customer, Customer.PASSWORD, ANOTHER).expect(200);

        customer.api().get("auth/me/").expect(200);
        elsewhere.api().get("auth/me/").expectRefusal(401, "token_invalid");
        assertThat(visitor.get("/sites").header("Location")).startsWith("/login");
        signIn(customer, ANOTHER).expect(200);
        assertThat(new Mailbox(product, customer.email()).letters("password_changed")).hasSize(1);
        assertThat(
                        product.sql()
                                .sql(
                                        """
                                        SELECT count(*) FROM audit_entry WHERE account_id = ?
                                           AND action = 'user.password_changed'
                                        """)
                                .param(customer.accountId())
                                .query(Long.class)
                                .single())
                .isOne();
    }

    @Test
    void changingNeedsThePresentPasswordAndAGoodNewOne() {
        Customer customer = product.signUp();

        change(customer, "not this one", ANOTHER).expectInvalid("current_password");
        change(customer, Customer.PASSWORD, "12345678").expectInvalid("new_password");
        product.api()
                .post(
                        "auth/change-password/",
                        Map.of("current_password", Customer.PASSWORD, "new_password", ANOTHER))
                .expectRefusal(401, "not_authenticated");
        signIn(customer, Customer.PASSWORD).expect(200);
    }

    /** Guard: the session gets another token, so that the copy is worth nothing. */
    @Test
    void aStolenCookieIsWorthlessAfterThePasswordWasChangedInThatVeryBrowser() {
        Customer customer = product.signUp();
        PageClient owner = PageClient.signedIn(customer);
        PageClient thief = owner.copy();
        thief.get("/profile").expect(200);

        owner.send(
                        "/profile/security",
                        "/profile/security/password",
                        Map.of("current_password", Customer.PASSWORD, "new_password", ANOTHER))
                .expect(303);

        owner.get("/profile").expect(200);
        assertThat(thief.get("/profile").header("Location")).startsWith("/login");
    }

    @Test
    void theTokensOfLinksAreKeptAsHashesOnly() {
        Customer customer = product.signUp();
        String token = resetToken(customer);

        String kept =
                product.sql()
                        .sql("SELECT string_agg(row::text, ' ') FROM password_reset row")
                        .query(String.class)
                        .single();

        assertThat(kept).contains(customer.userId().toString()).doesNotContain(token);
    }
}
