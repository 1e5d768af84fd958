package com.igny8.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.igny8.tenancy.Role;
import com.igny8.testing.Api;
import com.igny8.testing.Customer;
import com.igny8.testing.Product;
import com.igny8.testing.Reply;
import com.igny8.testing.World;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Stream;

/** What every answer says to browsers and proxies, of every operation and page that reads. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ResponseHeaderTests {
    private static final String ELSEWHERE = "https://evil.example";

    private final Product product = Product.running();
    private World world;

    @BeforeAll
    void somebody() {
        world = World.populated(product);
    }

    static Stream<Arguments> reads() {
        return Arrays.stream(Door.values())
                .flatMap(
                        door ->
                                door.operations().stream()
                                        .filter(Operation::isSafe)
                                        .map(operation -> Arguments.of(door, operation)));
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("reads")
    void nobodyElseMayFrameKeepOrReadIt(Door door, Operation operation) {
        for (Principal principal : new Principal[] {Principal.ANONYMOUS, Principal.OWNER}) {
            Api client = principal.enter(world, door).with("Origin", ELSEWHERE);

            Reply reply = operation.send(world, client);

            assertThat(reply.headers().map().keySet())
                    .noneMatch(name -> name.toLowerCase(Locale.ROOT).startsWith("access-control-"));
            assertThat(reply.header("X-Frame-Options")).isEqualTo("DENY");
            assertThat(reply.header("X-Content-Type-Options")).isEqualTo("nosniff");
            assertThat(reply.header("Content-Security-Policy"))
                    .contains("frame-ancestors 'none'", "object-src 'none'", "base-uri 'none'");
            assertThat(reply.header("Referrer-Policy")).isIn("same-origin", "no-referrer");
            assertThat(reply.header("Cache-Control")).contains("no-store");
            assertThat(reply.header("Server")).isNull();
            assertThat(reply.header("X-Powered-By")).isNull();
            assertCookiesAreKept(reply);
        }
    }

    @Test
    void aPageDoesNotAllowScriptsInIt() {
        assertThat(product.api().get("/pricing").header("Content-Security-Policy"))
                .doesNotContain("unsafe-inline", "unsafe-eval", "*");
    }

    @Test
    void theCookiesOfASignInAreKept() {
        Reply reply =
                product.browser(null)
                        .with("Content-Type", "application/x-www-form-urlencoded")
                        .post(
                                "/login",
                                "email=%s&password=%s"
                                        .formatted(
                                                world.member(Role.OWNER).email(),
                                                Customer.PASSWORD.replace(' ', '+')))
                        .expect(303);

        assertThat(reply.headers().allValues("Set-Cookie"))
                .anyMatch(cookie -> cookie.startsWith("igny8_session="));
        assertCookiesAreKept(reply);
        Reply withForm = product.api().get("/login").expect(200);
        assertThat(withForm.headers().allValues("Set-Cookie"))
                .anyMatch(cookie -> cookie.startsWith("XSRF-TOKEN="));
        assertCookiesAreKept(withForm);
    }

    /** Scripts cannot read them, and other sites cannot have them sent with their forms. */
    private static void assertCookiesAreKept(Reply reply) {
        assertThat(reply.headers().allValues("Set-Cookie"))
                .allSatisfy(
                        cookie ->
                                assertThat(cookie)
                                        .contains("; HttpOnly", "; SameSite=Lax", "; Path=/")
                                        .doesNotContain("Domain="));
    }

    @ParameterizedTest
    @CsvSource({"OPTIONS, auth/sites/", "OPTIONS, auth/login/", "OPTIONS, /sites"})
    void anotherSiteIsNotToldThatItMaySend(String method, String path) {
        Reply reply =
                product.api()
                        .with("Origin", ELSEWHERE)
                        .with("Access-Control-Request-Method", "POST")
                        .with("Access-Control-Request-Headers", "authorization")
                        .send(method, path, BodyPublishers.noBody());

        assertThat(reply.headers().map().keySet())
                .noneMatch(name -> name.toLowerCase(Locale.ROOT).startsWith("access-control-"));
    }

    @Test
    void jsonIsNoScript() {
        Reply reply =
                product.api()
                        .get("auth/plans/?callback=evil&jsonp=evil&_callback=evil")
                        .expect(200);

        assertThat(reply.header("Content-Type")).startsWith("application/json");
        assertThat(reply.body()).startsWith("{").doesNotContain("evil");
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /nowhere",
        "GET, /sites/not-an-id",
        "GET, /sites?page=x",
        "GET, /sites/00000000-0000-7000-8000-000000000000",
        "PUT, /sites",
        "POST, /sites",
        "GET, /error",
        "GET, /assets/nowhere.css",
        "GET, /console",
    })
    void aPageOfAnErrorTellsNothingOfTheInside(String method, String path) {
        for (String accept : new String[] {"text/html", "application/json", "*/*", "text/plain"}) {
            Reply reply =
                    Principal.OWNER
                            .enter(world, Door.PAGES)
                            .with("Accept", accept)
                            .send(
                                    method,
                                    path + (path.contains("?") ? "&" : "?") + "trace=true",
                                    BodyPublishers.noBody());

            assertThat(reply.status()).as(reply.body()).isBetween(400, 499);
            assertThat(reply.body())
                    .doesNotContain(
                            "Exception",
                            "\tat ",
                            "com.igny8",
                            "springframework",
                            "Tomcat",
                            "SELECT ");
            assertThat(reply.header("X-Frame-Options")).isEqualTo("DENY");
        }
    }

    @Test
    void aSentenceOfTheSenderIsWrittenAsText() {
        Reply reply =
                Principal.OWNER
                        .enter(world, Door.PAGES)
                        .get("/sites?search=%3Cscript%3Ealert(1)%3C/script%3E")
                        .expect(200);

        assertThat(reply.body()).doesNotContain("<script>alert");
    }
}
