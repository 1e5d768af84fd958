package com.igny8.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.igny8.testing.Customer;
import com.igny8.testing.Product;
import com.igny8.testing.Reply;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What all endpoints have in common: pages of lists, names of requests, headers. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConventionTests {
    private final Product product = Product.running();
    private Customer customer;

    @BeforeAll
    void signUp() {
        customer = product.signUp();
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

    @Test
    void securityHeadersAreThere() {
        Reply reply = product.api().get("auth/plans/").expect(200);

        assertThat(reply.header("Content-Security-Policy")).contains("frame-ancestors 'none'");
        assertThat(reply.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(reply.header("X-Frame-Options")).isEqualTo("DENY");
        assertThat(reply.header("Server")).isNull();
        assertThat(customer.api().get("auth/me/").header("Cache-Control")).contains("no-store");
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
