package com.igny8.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.igny8.testing.Api;
import com.igny8.testing.Customer;
import com.igny8.testing.Product;
import com.igny8.testing.Reply;
import com.igny8.testing.Wire;

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
import java.util.UUID;

/** What every endpoint has in common, tried on one that creates and one that lists. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConventionTests {
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

    @ParameterizedTest
    @ValueSource(
            strings = {
                "auth/sites/?search=%00",
                "billing/credits/transactions/?type=%00",
                "auth/sites/?search=%C3%28",
                "auth/sites/?search=%25",
                "auth/sites/?page=1%00",
            })
    void aQueryWithOddBytesNeverBreaksIt(String path) {
        Reply reply = customer.api().get(path);

        assertThat(reply.status()).as(reply.body()).isIn(200, 400);
        reply.assertEnvelope();
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
    void anAddressWrittenOtherwiseIsTheSameAddress() {
        byte[] body = new byte[TEN_MB];

        product.api().post("/%61pi/v1/auth/register/", body).expectRefusal(413, "body_too_large");
        product.api().get("/%61%70%69/v1/nowhere").expectRefusal(401, "not_authenticated");
        customer.api().get("/ap%69/v1/auth/me").expect(200);
        customer.api().get("/api/v1/%63onsole/accounts/").expectRefusal(403, "operators_only");
        customer.api()
                .once("a key")
                .post("/%61pi/v1/auth/sites/", "{\"name\":\"a\"}")
                .expectInvalid("domain");
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
        Reply reply = customer.api().send(method, SITES, BodyPublishers.noBody());

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
    void aMissingParameterIsNamed() {
        customer.api().get("auth/sectors/").expectInvalid("site");
    }

    @ParameterizedTest
    @CsvSource({
        "page, 0",
        "page, -1",
        "page, 10001",
        "page, x",
        "page, 99999999999",
        "page_size, 0",
        "page_size, 201",
        "page_size, -1",
        "page_size, 1.5",
    })
    void aPageThatCannotBeIsRefused(String parameter, String value) {
        customer.api().get("auth/sites/?" + parameter + "=" + value).expectInvalid(parameter);
    }

    @ParameterizedTest
    @CsvSource({"page_size, 0", "page_size, 201", "page_size, x", "cursor, x", "type, nonsense"})
    void aCursorThatCannotBeIsRefused(String parameter, String value) {
        customer.api()
                .get("billing/credits/transactions/?" + parameter + "=" + value)
                .expectInvalid(parameter);
    }

    @Test
    void theLargestPageIsServed() {
        Reply reply = customer.api().get("auth/sites/?page=10000&page_size=200").expect(200);

        assertThat(reply.json().path("count").asLong(-1)).isZero();
        assertThat(reply.json().path("next").isNull()).isTrue();
        assertThat(reply.results().isArray()).isTrue();
        reply.assertEnvelope();
    }

    @Test
    void theSlashAtTheEndIsOptional() {
        customer.api().get("auth/me").expect(200);
        customer.api().get("auth/sites?page=1").expect(200);
        product.api().get("auth/plans").expect(200);
        product.api().post("auth/login", "{}").expectInvalid("email");
    }

    @Test
    void theRequestIsNamedByItsSender() {
        Reply reply = customer.api().with("X-Request-ID", "abc-1.2_Z").get("auth/me/");

        assertThat(reply.header("X-Request-ID")).isEqualTo("abc-1.2_Z");
        assertThat(reply.json().path("request_id").asString()).isEqualTo("abc-1.2_Z");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "<script>", "é", "a;b", "x\ty"})
    void aNameThatIsNotDecentIsReplaced(String name) {
        Reply reply = customer.api().with("X-Request-ID", name).get("auth/me/");

        assertThat(reply.header("X-Request-ID")).isNotEqualTo(name).hasSizeBetween(10, 64);
        reply.assertEnvelope();
    }

    @Test
    void aNameThatIsTooLongIsReplaced() {
        Reply reply = customer.api().with("X-Request-ID", "a".repeat(65)).get("auth/me/");

        assertThat(reply.header("X-Request-ID")).doesNotContain("aaaa");
    }

    @Test
    void refusalsInFiltersAreInTheEnvelopeToo() {
        product.api().get("auth/me/").expectRefusal(401, "not_authenticated");
        assertThat(product.api().get("auth/me/").header("WWW-Authenticate")).isEqualTo("Bearer");
        customer.api().get("console/accounts/").expectRefusal(403, "operators_only");
        product.api().get("nowhere/").expectRefusal(401, "not_authenticated");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/auth/plans/;x=1",
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

    @Test
    void securityHeadersAreThere() {
        Reply reply = product.api().get("auth/plans/").expect(200);

        assertThat(reply.header("Content-Security-Policy")).contains("frame-ancestors 'none'");
        assertThat(reply.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(reply.header("X-Frame-Options")).isEqualTo("DENY");
        assertThat(reply.header("Server")).isNull();
        assertThat(customer.api().get("auth/me/").header("Cache-Control")).contains("no-store");
    }

    /** An absolute one would lead wherever the Host header says. */
    @Test
    void redirectsStayOnTheSite() {
        assertThat(product.api().get("/sites").expect(302).header("Location"))
                .isEqualTo("/login?next=%2Fsites");
    }

    @Test
    void theApiTakesNoCookies() {
        product.api()
                .with("Cookie", "igny8_session=" + customer.access())
                .get("auth/me/")
                .expectRefusal(401, "not_authenticated");
    }

    @Test
    void theSchemaIsServed() {
        Reply schema = product.api().get("/api/schema").expect(200);

        assertThat(schema.json().path("openapi").asString()).startsWith("3.1");
        assertThat(schema.json().path("paths").has("/api/v1/auth/register/")).isTrue();
    }
}
