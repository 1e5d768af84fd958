package com.igny8.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.igny8.testing.Customer;
import com.igny8.testing.Product;
import com.igny8.testing.Reply;
import com.igny8.testing.Wire;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.UUID;

/** What is asked for, and what hardly is a request. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AddressTests {
    private final Product product = Product.running();
    private Customer customer;

    @BeforeAll
    void signUp() {
        customer = product.signUp();
    }

    @Test
    void anAddressWrittenOtherwiseIsTheSameAddress() {
        byte[] body = new byte[10 * 1024 * 1024];

        product.api().post("/%61pi/v1/auth/register/", body).expectRefusal(413, "body_too_large");
        product.api().get("/%61%70%69/v1/nowhere").expectRefusal(401, "not_authenticated");
        customer.api().get("/ap%69/v1/auth/me").expect(200);
        customer.api().get("/api/v1/%63onsole/accounts/").expectRefusal(403, "operators_only");
        customer.api()
                .once("a key")
                .post("/%61pi/v1/auth/sites/", "{\"name\":\"a\"}")
                .expectInvalid("domain");
        assertThat(product.count("idempotent_request", customer.accountId())).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "PUT, auth/sites/",
        "DELETE, auth/sites/",
        "PUT, auth/me/",
        "GET, auth/logout/",
        "POST, billing/credits/balance/",
    })
    void anotherMethodIsRefused(String method, String path) {
        customer.api()
                .send(method, path, BodyPublishers.noBody())
                .expectRefusal(405, "method_not_allowed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"TRACE", "NONSENSE"})
    void aMethodThatNobodyUsesIsRefused(String method) {
        Reply reply = customer.api().send(method, "auth/sites/", BodyPublishers.noBody());

        assertThat(reply.status()).as(reply.body()).isIn(400, 405);
        reply.assertEnvelope();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nowhere/",
                "auth/nowhere/",
                "auth/sites/x/y/z/",
                "/api/v2/auth/sites/",
                "/api/v1/",
                "/api/nowhere"
            })
    void anUnknownAddressIsNotFound(String path) {
        customer.api().get(path).expectRefusal(404, "not_found");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "1", "00000000-0000-0000-0000-00000000000g", "%20", "null"})
    void anIdThatIsNoneIsRefused(String id) {
        Reply reply = customer.api().get("auth/sites/" + id + "/");

        assertThat(reply.status()).as(reply.body()).isIn(400, 404);
        reply.assertEnvelope();
        customer.api().get("auth/sectors/?site=" + id).expectInvalid("site");
    }

    @Test
    void anIdOfNothingIsNotFound() {
        customer.api().get("auth/sites/" + UUID.randomUUID() + "/").expectRefusal(404, "not_found");
    }

    @Test
    void theSlashAtTheEndIsOptional() {
        customer.api().get("auth/me").expect(200);
        customer.api().get("auth/sites?page=1").expect(200);
        product.api().get("auth/plans").expect(200);
        product.api().post("auth/login", "{}").expectInvalid("email");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/auth/plans/;x=1",
                "/api/v1/auth;x=1/me/",
                "/api;x=1/v1/auth/me/",
                "/api/v1/../v1/nowhere/",
                "/api/v1//auth/plans/",
                "/api/v1/auth/plans/%2e%2e/",
                "/api/v1/auth/%2Fplans/",
                "/api/v1/auth/plans/%00",
                "/api/v1/auth/plans/%5c",
            })
    void addressesThatPlayTricksAreRefusedInTheEnvelope(String path) {
        Reply reply = customer.api().get(path);

        assertThat(reply.status()).as(reply.body()).isIn(400, 404);
        reply.assertEnvelope();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /api/v1/auth/plans/{x} HTTP/1.1\r\nHost: a\r\n\r\n",
                "GET /api/v1/auth/plans/%zz HTTP/1.1\r\nHost: a\r\n\r\n",
                "GET /api/v1/auth/plans/ HTTP/1.1\r\nHost: a b\r\n\r\n",
                "GET /api/v1/auth/plans/ HTTP/1.1\r\n\r\n",
                "GET /api/v1/auth/plans/ HTTP/9.9\r\nHost: a\r\n\r\n",
                "POST /api/v1/auth/login/ HTTP/1.1\r\nHost: a\r\nContent-Length: x\r\n\r\n",
                "GET /api/v1/auth/plans/ HTTP/1.1\r\nHost: a\r\nno colon\r\n\r\n",
                "GARBAGE\r\n\r\n",
            })
    void whatIsHardlyHttpIsRefusedWithoutAPage(String request) {
        String answer = Wire.send(product.port(), request);

        assertThat(answer).startsWith("HTTP/1.1 ").doesNotContain("<html", "Tomcat", "Exception");
        assertThat(answer).matches(text -> text.startsWith("HTTP/1.1 4") || text.contains(" 505"));
    }

    @Test
    void headersThatAreTooLargeAreRefusedWithoutAPage() {
        String answer =
                Wire.send(
                        product.port(),
                        "GET /api/v1/auth/plans/ HTTP/1.1\r\nHost: a\r\nX-Large: %s\r\n\r\n"
                                .formatted("x".repeat(20_000)));

        assertThat(answer).startsWith("HTTP/1.1 4").doesNotContain("<html", "Tomcat", "Exception");
    }

    /** An absolute one would lead wherever the Host header says. */
    @Test
    void redirectsStayOnTheSite() {
        assertThat(product.api().get("/sites").expect(302).header("Location"))
                .isEqualTo("/login?next=%2Fsites");
    }
}
