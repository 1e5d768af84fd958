package com.igny8.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.igny8.testing.Api;
import com.igny8.testing.Customer;
import com.igny8.testing.Product;
import com.igny8.testing.Reply;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;

/** What is sent, tried on an endpoint that creates: a refusal says what is wrong with it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BodyTests {
    private static final String SITES = "auth/sites/";
    private static final int TEN_MB = 10 * 1024 * 1024;

    private final Product product = Product.running();
    private Customer customer;

    @BeforeAll
    void signUp() {
        customer = product.signUp();
    }

    @AfterEach
    void nothingIsStored() {
        assertThat(product.count("site", customer.accountId())).isZero();
        assertThat(product.count("idempotent_request", customer.accountId())).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "{\"name\":",
                "not json",
                "{\"name\":\"a\",}",
                "{'name':'a'}",
                "{\"name\":NaN}",
                "\u0000",
                "{\"name\":\"a\",\"domain\":\"a.example\",\"industry\":1} trailing",
            })
    void malformedJsonIsRefused(String body) {
        customer.api().post(SITES, body).expectRefusal(400, "malformed_json");
    }

    @Test
    void jsonNestedWithoutEndIsRefused() {
        customer.api().post(SITES, "[".repeat(100_000)).expectRefusal(400, "malformed_json");
        customer.api().post(SITES, "{\"name\":" + "[".repeat(100_000)).expect(400).assertEnvelope();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "null"})
    void aMissingBodyIsRefused(String body) {
        Reply reply = customer.api().post(SITES, body).expect(400);

        reply.assertEnvelope();
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "1", "\"text\"", "true"})
    void aBodyThatIsNoObjectIsRefused(String body) {
        customer.api().post(SITES, body).expect(400).assertEnvelope();
    }

    @Test
    void invalidUtf8IsRefused() {
        byte[] body =
                "{\"name\":\"X\",\"domain\":\"a.example\",\"industry\":1}"
                        .getBytes(StandardCharsets.UTF_8);
        body[9] = (byte) 0xC3;

        customer.api().post(SITES, body).expectRefusal(400, "malformed_json");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "name     | {\"name\":5,\"domain\":\"a.example\",\"industry\":1}",
                "name     | {\"name\":[],\"domain\":\"a.example\",\"industry\":1}",
                "name     | {\"name\":{},\"domain\":\"a.example\",\"industry\":1}",
                "name     | {\"name\":true,\"domain\":\"a.example\",\"industry\":1}",
                "industry | {\"name\":\"a\",\"domain\":\"a.example\",\"industry\":\"1\"}",
                "industry | {\"name\":\"a\",\"domain\":\"a.example\",\"industry\":1.5}",
                "industry | {\"name\":\"a\",\"domain\":\"a.example\",\"industry\":[1]}",
                "industry | {\"name\":\"a\",\"domain\":\"a.example\",\"industry\":true}",
                "industry | {\"name\":\"a\",\"domain\":\"a.example\",\"industry\":null}",
                "industry | {\"name\":\"a\",\"domain\":\"a.example\",\"industry\":99999999999}",
                "industry | {\"name\":\"a\",\"domain\":\"a.example\",\"industry\":99}",
                "industry | {\"name\":\"a\",\"domain\":\"a.example\"}",
                "name     | {\"name\":\"  \",\"domain\":\"a.example\",\"industry\":1}",
                "name     | {\"name\":\"\",\"domain\":\"a.example\",\"industry\":1}",
                "domain   | {\"name\":\"a\",\"domain\":\"\",\"industry\":1}",
                "domain   | {\"name\":\"a\",\"domain\":\"no spaces here\",\"industry\":1}",
                "color    | {\"name\":\"a\",\"domain\":\"a.example\",\"industry\":1,\"color\":1}",
                "account_id | {\"name\":\"a\",\"domain\":\"a.example\",\"account_id\":\"x\"}",
            })
    void theFieldThatIsWrongIsNamed(String field, String body) {
        customer.api().post(SITES, body).expectInvalid(field);
    }

    @Test
    void allFieldsThatAreWrongAreNamedAtOnce() {
        Reply reply = customer.api().post(SITES, "{}");

        reply.expectInvalid("name").expectInvalid("domain").expectInvalid("industry");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"name\":\"a\\u0000b\",\"domain\":\"a.example\",\"industry\":1}",
                "{\"name\":\"a\\nb\",\"domain\":\"a.example\",\"industry\":1}",
                "{\"name\":\"a\",\"domain\":\"a\\u0000.example\",\"industry\":1}",
            })
    void controlCharactersAreRefused(String body) {
        customer.api().post(SITES, body).expect(400).assertEnvelope();
    }

    @Test
    void nulInAnEmailIsNoInternalError() {
        Api api = product.api();
        String email = "a\\u0000b@example.com";
        api.post("auth/login/", "{\"email\":\"" + email + "\",\"password\":\"x\"}")
                .expect(400)
                .assertEnvelope();
        api.post(
                        "auth/register/",
                        "{\"email\":\"%s\",\"password\":\"%s\",\"password_confirm\":\"%s\"}"
                                .formatted(email, Customer.PASSWORD, Customer.PASSWORD))
                .expectInvalid("email");
        Map<String, Object> named = Product.registration(Product.freshEmail());
        named.put("account_name", "A\u0000B");
        api.post("auth/register/", named).expect(400).assertEnvelope();
    }

    @Test
    void tenMegabytesAreTooMuch() {
        byte[] body = new byte[TEN_MB];
        Arrays.fill(body, (byte) ' ');

        customer.api().post(SITES, body).expectRefusal(413, "body_too_large");
        product.api().post("auth/register/", body).expectRefusal(413, "body_too_large");
    }

    @Test
    void tenMegabytesOfUnknownLengthAreTooMuchToo() {
        byte[] body = new byte[TEN_MB];
        customer.api()
                .send(
                        "POST",
                        SITES,
                        BodyPublishers.ofInputStream(() -> new java.io.ByteArrayInputStream(body)))
                .expectRefusal(413, "body_too_large");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/plain",
                "application/xml",
                "application/x-www-form-urlencoded",
                "multipart/form-data; boundary=x",
                "image/png"
            })
    void anotherContentTypeIsRefused(String type) {
        customer.api()
                .with("Content-Type", type)
                .post(SITES, "{\"name\":\"a\",\"domain\":\"a.example\",\"industry\":1}")
                .expectRefusal(415, "unsupported_media_type");
    }

    @ParameterizedTest
    @ValueSource(strings = {"garbage", "/", "application/json; charset=nonsense"})
    void aContentTypeThatIsNoneIsRefused(String type) {
        Reply reply = customer.api().with("Content-Type", type).post(SITES, "{}");

        assertThat(reply.status()).isIn(400, 415);
        reply.assertEnvelope();
    }
}
