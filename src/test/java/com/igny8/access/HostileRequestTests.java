package com.igny8.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.igny8.tenancy.Role;
import com.igny8.tenancy.SecretBox;
import com.igny8.testing.Api;
import com.igny8.testing.Customer;
import com.igny8.testing.Product;
import com.igny8.testing.Reply;
import com.igny8.testing.Wire;
import com.igny8.testing.World;
import com.igny8.testing.World.Thing;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Requests written to be taken for something else than they are. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostileRequestTests {
    private static final String EVIL = "evil.example";

    private final Product product = Product.running();
    private World world;
    private Api owner;
    private Api browser;

    @BeforeAll
    void somebodyToAttack() {
        world = World.populated(product);
        owner = Principal.OWNER.enter(world, Door.API);
        browser = Principal.OWNER.enter(world, Door.PAGES);
    }

    /** Whatever it is taken for, it is not what is behind the door. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/auth/sites/",
                "//api/v1/auth/sites/",
                "/api//v1/auth/sites/",
                "/api/v1/auth/sites//",
                "/api/v1/auth/sites/.",
                "/api/v1/auth/./sites/",
                "/api/v1/auth/plans/../sites/",
                "/api/v1/auth/plans/%2e%2e/sites/",
                "/api/v1/auth/plans/%2E%2E/sites/",
                "/api/v1/auth/plans/%252e%252e/sites/",
                "/api/v1/auth/plans/..;/sites/",
                "/api/v1/auth/plans/..%2fsites/",
                "/api/v1/auth/plans/..%5csites/",
                "/api/v1/auth/plans/..\\sites/",
                "/api/v1/auth/sites/;jsessionid=1",
                "/api/v1/auth/sites;x=/../plans/",
                "/api;x/v1/auth/sites/",
                "/api/v1/auth%2fsites/",
                "/api%2fv1/auth/sites/",
                "/api/v1/auth/%73ites/",
                "/%61pi/v1/auth/sites/",
                "/%2561pi/v1/auth/sites/",
                "/api/v1/auth/sites/%00",
                "/api/v1/auth/sites%00/",
                "/api/v1/auth/sites%0a/",
                "/api/v1/auth/sites%20/",
                "/api/v1/auth/sites../",
                "/api/v1/auth/sites.json",
                "/api/v1/auth/SITES/",
                "/API/v1/auth/sites/",
                "/login/../api/v1/auth/sites/",
                "/assets/..;/sites",
                "/assets/../sites",
                "/assets/%2e%2e/sites",
                "/assets/..%2fsites",
                "//sites",
                "/sites/",
                "/sites;x=1",
                "/sites;/login",
                "/s%69tes",
                "/sites%00",
                "/console",
                "/%63onsole",
                "/console/",
                "/console;/login",
                "//console",
                "/login/..;/console",
                "/api/v1/console/accounts/",
                "/api/v1/%63onsole/accounts/",
                "/api/v1//console/accounts/",
                "/api/v1/auth/plans/..;/../console/accounts/",
            })
    void noSpellingOfAnAddressOpensIt(String target) {
        for (String method : new String[] {"GET", "HEAD", "POST", "OPTIONS", "PROPFIND"}) {
            var answered = Wire.ask(product.port(), method, target, "Content-Length: 0");

            assertThat(answered.status()).as(method + answered.all()).isBetween(300, 499);
            assertThat(answered.all()).doesNotContain("Exception", "Tomcat", "springframework");
        }
    }

    /** A customer who is signed in is not at the operator's door. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/console/accounts/",
                "/api/v1/console/accounts",
                "/api/v1/%63onsole/accounts/",
                "/api/v1/console;x/accounts/",
                "/api/v1//console/accounts/",
                "/api/v1/auth/../console/accounts/",
                "/%61pi/v1/console/%61ccounts/",
                "/api/v1/console/./accounts/",
                "/api/v1/Console/accounts/",
            })
    void noSpellingMakesAnOperator(String target) {
        Reply reply = owner.get("auth/me/").expect(200);
        var answered =
                Wire.ask(
                        product.port(),
                        "GET",
                        target,
                        "Authorization: Bearer " + accessToken(),
                        "X-Original-URL: /api/v1/auth/plans/",
                        "X-Rewrite-URL: /api/v1/auth/plans/");

        assertThat(answered.status()).as(answered.all()).isBetween(400, 499);
        assertThat(answered.body()).doesNotContain(reply.data().path("email").asString());
    }

    @Test
    void aMethodIsTheOneOfTheRequestLine() {
        Map<String, String> before = world.fingerprint();
        String cluster = "planner/clusters/" + world.id(Thing.CLUSTER) + "/";
        for (String header :
                new String[] {"X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override"}) {
            owner.with(header, "PATCH")
                    .post(cluster, Map.of("name", "Overridden"))
                    .expectRefusal(405, "method_not_allowed");
            owner.with(header, "PATCH").get(cluster).expect(200);
        }
        owner.post(cluster + "?_method=PATCH", Map.of("name", "Overridden"))
                .expectRefusal(405, "method_not_allowed");
        browser.with("Content-Type", "application/x-www-form-urlencoded")
                .post("/sites?_method=DELETE", "_method=DELETE")
                .expect(400);

        assertThat(world.fingerprint()).isEqualTo(before);
    }

    @Test
    void headTellsNoMoreThanGet() {
        var anonymous = Wire.ask(product.port(), "HEAD", "/api/v1/auth/sites/");
        Reply head = owner.send("HEAD", "auth/sites/", BodyPublishers.noBody());

        assertThat(anonymous.status()).isEqualTo(401);
        assertThat(anonymous.body()).isEmpty();
        assertThat(head.status()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
    }

    @Test
    void aForgedHostIsRepeatedNowhere() {
        String token = "Authorization: Bearer " + accessToken();
        for (String name : new String[] {"Host: ", "X-Forwarded-Host: ", "Forwarded: host="}) {
            String forged = name + EVIL;
            for (String target :
                    new String[] {
                        "/api/v1/auth/sites/?page_size=1&page=2",
                        "/api/v1/billing/credits/transactions/?page_size=1",
                        "/api/schema/",
                        "/sites",
                        "/login",
                        "/api/docs/",
                        "/nowhere",
                        "/pricing",
                    }) {
                var answered = Wire.ask(product.port(), "GET", target, forged, token);

                assertThat(answered.all()).as(forged + " " + target).doesNotContain(EVIL);
            }
        }
        var list =
                Wire.ask(
                        product.port(),
                        "GET",
                        "/api/v1/auth/sites/?page_size=1&page=2",
                        "Host: " + EVIL,
                        token);
        assertThat(list.body()).contains("\"previous\":\"http://localhost:0/api/v1/auth/sites/");
    }

    private String accessToken() {
        return product.api()
                .post(
                        "auth/refresh/",
                        Map.of("refresh", world.refreshToken(world.member(Role.OWNER))))
                .expect(200)
                .data()
                .path("access")
                .asString();
    }

    @Test
    void aForgedHostStandsInNoMail() {
        String email = Product.freshEmail();
        String body = Api.JSON.writeValueAsString(Product.registration(email));
        String answer =
                Wire.send(
                        product.port(),
                        """
                        POST /api/v1/auth/register/ HTTP/1.1\r
                        Host: evil.example\r
                        X-Forwarded-Host: evil.example\r
                        Content-Type: application/json\r
                        Content-Length: %d\r
                        Connection: close\r
                        \r
                        %s"""
                                .formatted(body.length(), body));

        assertThat(answer).startsWith("HTTP/1.1 201");
        String mail =
                new String(
                        product.bean(SecretBox.class)
                                .open(
                                        world.sql()
                                                .sql("SELECT body FROM mail WHERE recipient = ?")
                                                .param(email)
                                                .query(byte[].class)
                                                .single()),
                        StandardCharsets.UTF_8);
        assertThat(mail).contains("http://localhost:0/").doesNotContain(EVIL);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "//evil.example",
                "///evil.example",
                "/\\evil.example",
                "\\\\evil.example",
                "https:evil.example",
                "https://evil.example",
                "http:/evil.example",
                "javascript:alert(1)",
                "data:text/html,x",
                "/%09/evil.example\t",
                "/\t/evil.example",
                "/\r\nX-Evil: yes",
                " //evil.example",
                "evil.example",
                "@evil.example",
            })
    void signingInLeadsToPlacesOnThisSiteOnly(String next) {
        Reply signedIn = browser.get("/login?next=" + encoded(next)).expect(303);
        Reply signingIn =
                product.browser(null)
                        .with("Content-Type", "application/x-www-form-urlencoded")
                        .post(
                                "/login",
                                "email="
                                        + encoded(world.member(Role.ADMIN).email())
                                        + "&password="
                                        + encoded(Customer.PASSWORD)
                                        + "&next="
                                        + encoded(next))
                        .expect(303);

        assertThat(signedIn.header("Location")).isEqualTo("/sites");
        assertThat(signingIn.header("Location")).isEqualTo("/sites");
        assertThat(signingIn.header("X-Evil")).isNull();
    }

    @Test
    void aLineBreakBeginsNoHeader() {
        String evil = "x\r\nX-Evil: yes\r\nSet-Cookie: evil=1";
        for (Reply reply :
                new Reply[] {
                    browser.get("/sites?search=" + encoded(evil)),
                    product.browser(null).get("/sites?search=" + encoded(evil)),
                    product.browser(null).get("/verify-email?token=" + encoded(evil)),
                    owner.get("auth/sites/?search=" + encoded(evil)),
                    browser.with("Content-Type", "application/x-www-form-urlencoded")
                            .post(
                                    "/sites/%s/clusters/%s"
                                            .formatted(
                                                    world.id(Thing.SITE), world.id(Thing.CLUSTER)),
                                    "name=" + encoded(evil)),
                    browser.upload(
                            "/sites/" + world.id(Thing.SITE) + "/keywords/import",
                            Map.of(),
                            "x%0d%0aX-Evil: yes.csv",
                            "Keyword\na\n".getBytes(StandardCharsets.UTF_8)),
                }) {
            assertThat(reply.status()).isLessThan(500);
            assertThat(reply.header("X-Evil")).isNull();
            assertThat(reply.headers().allValues("Set-Cookie"))
                    .noneMatch(cookie -> cookie.startsWith("evil"));
        }
        var named = Wire.ask(product.port(), "GET", "/pricing", "X-Request-ID: a%0d%0aX-Evil: yes");
        assertThat(named.header("X-Evil")).isEmpty();
        assertThat(named.header("X-Request-ID")).hasSize(1).noneMatch(id -> id.contains("Evil"));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"name\":\"a\",\"name\":\"b\",\"domain\":\"twice.example\",\"industry\":1}",
                "{\"name\":\"a\",\"domain\":\"a.example\",\"domain\":\"b.example\",\"industry\":1}",
            })
    void aNameSaidTwiceIsRefused(String body) {
        owner.post("auth/sites/", body).expectRefusal(400, "malformed_json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"utf-7", "utf-16", "utf-32", "iso-8859-1", "ibm037", "x-nonsense"})
    void jsonIsReadAsUtf8WhateverTheCharset(String charset) {
        Reply reply =
                owner.with("Content-Type", "application/json; charset=" + charset)
                        .post("auth/sites/", "+ADw-script+AD4- \u0000{\"role\":\"owner\"}");

        assertThat(reply.status()).as(reply.body()).isIn(400, 415);
        reply.assertEnvelope();
    }
}
