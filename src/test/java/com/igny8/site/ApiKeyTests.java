package com.igny8.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.igny8.testing.Api;
import com.igny8.testing.Customer;
import com.igny8.testing.PageClient;
import com.igny8.testing.Product;
import com.igny8.testing.Reply;
import com.igny8.testing.Together;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import tools.jackson.databind.JsonNode;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

class ApiKeyTests extends KeyInHand {
    @Test
    void aKeyIsShownOnceAndKeptAsAHash() {
        assertThat(text).matches("igny8_live_[0-9A-Za-z]{12}_[0-9A-Za-z]{39}");
        String kept =
                product.sql()
                        .sql("SELECT row::text FROM api_key row WHERE id = ?")
                        .param(id)
                        .query(String.class)
                        .single();
        String secret = text.substring("igny8_live_".length() + 13);
        assertThat(kept).doesNotContain(secret);

        for (Reply reply : List.of(customer.api().get(KEYS), customer.api().get(KEYS + id + "/"))) {
            reply.expect(200);
            assertThat(reply.body()).doesNotContain(secret).contains("igny8_live_" + id + "_");
        }
    }

    @Test
    void bothHeadersCarryIt() {
        key.get("auth/sites/").expect(200);
        product.api().with("X-API-Key", text).get("auth/sites/").expect(200);
        product.api().with("Authorization", "bearer " + text).get("auth/sites/").expect(200);
    }

    @Test
    void aKeyThatIsNotGoodIsToldWhyWhereThatGivesNothingAway() {
        char last = text.charAt(text.length() - 1);
        String mistyped = text.substring(0, text.length() - 1) + (last == 'a' ? 'b' : 'a');
        product.api().as(mistyped).get("auth/sites/").expectRefusal(401, "api_key_malformed");
        product.api()
                .with("X-API-Key", "nonsense")
                .get("auth/sites/")
                .expectRefusal(401, "api_key_malformed");

        // A thief who knows the id and makes up the rest learns nothing, not even that it is known
        customer.api().delete(KEYS + id + "/").expect(200);
        Reply ofKnown = product.api().as(forged(id)).get("auth/sites/");
        Reply ofUnknown = product.api().as(forged("0123456789ab")).get("auth/sites/");
        assertThat(ofKnown.expectRefusal(401, "api_key_invalid").json().path("error"))
                .isEqualTo(ofUnknown.expectRefusal(401, "api_key_invalid").json().path("error"));
        key.get("auth/sites/").expectRefusal(401, "api_key_revoked");
    }

    /** Whole, with a right checksum, but made up. */
    private static String forged(String id) {
        String body = "igny8_live_" + id + "_" + "x".repeat(33);
        var crc = new java.util.zip.CRC32();
        crc.update(body.getBytes(StandardCharsets.US_ASCII));
        String digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
        StringBuilder checksum = new StringBuilder();
        long rest = crc.getValue();
        for (int digit = 0; digit < 6; digit++) {
            checksum.insert(0, digits.charAt((int) (rest % 62)));
            rest /= 62;
        }
        return body + checksum;
    }

    @Test
    void itRunsOutWhenItWasToldTo() throws Exception {
        String ends = Instant.now().plus(Duration.ofDays(2)).toString();
        JsonNode issued =
                customer.api()
                        .post(
                                KEYS,
                                Map.of(
                                        "name",
                                        "Short",
                                        "site",
                                        site,
                                        "scopes",
                                        ALL_SCOPES,
                                        "expires_at",
                                        ends))
                        .expect(201)
                        .data();
        Api shortLived = product.api().as(issued.path("key").asString());
        shortLived.get("auth/sites/").expect(200);

        product.clock()
                .later(
                        Duration.ofDays(3),
                        () -> shortLived.get("auth/sites/").expectRefusal(401, "api_key_expired"));
        shortLived.get("auth/sites/").expect(200);
    }

    @Test
    void aRotatedKeyOverlapsForADay() throws Exception {
        JsonNode next = customer.api().post(KEYS + id + "/rotate/", "").expect(200).data();
        Api after = product.api().as(next.path("key").asString());

        assertThat(next.path("id").asString()).isEqualTo(id);
        assertThat(next.path("key").asString()).isNotEqualTo(text);
        key.get("auth/sites/").expect(200);
        after.get("auth/sites/").expect(200);
        customer.api().post(KEYS + id + "/rotate/", "").expectRefusal(409, "rotation_under_way");
        product.clock()
                .later(
                        Duration.ofHours(25),
                        () -> {
                            key.get("auth/sites/").expectRefusal(401, "api_key_expired");
                            after.get("auth/sites/").expect(200);
                        });
    }

    @Test
    void withoutAnOverlapAllBeforeEndAtOnce() {
        JsonNode second = customer.api().post(KEYS + id + "/rotate/", "").expect(200).data();
        JsonNode third =
                customer.api()
                        .post(KEYS + id + "/rotate/", Map.of("overlap_hours", 0))
                        .expect(200)
                        .data();

        key.get("auth/sites/").expectRefusal(401, "api_key_invalid");
        product.api()
                .as(second.path("key").asString())
                .get("auth/sites/")
                .expectRefusal(401, "api_key_expired");
        product.api().as(third.path("key").asString()).get("auth/sites/").expect(200);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 169, Integer.MAX_VALUE})
    void anOverlapIsAWeekAtMost(int hours) {
        customer.api()
                .post(KEYS + id + "/rotate/", Map.of("overlap_hours", hours))
                .expectInvalid("overlap_hours");
        key.get("auth/sites/").expect(200);
    }

    @Test
    void ofRotationsAtOnceOneWinsAndTheKeyInUseIsGood() throws Exception {
        List<Reply> replies =
                Together.send(6, any -> customer.api().post(KEYS + id + "/rotate/", ""));

        assertThat(replies).filteredOn(reply -> reply.status() == 200).hasSize(1);
        assertThat(replies).filteredOn(reply -> reply.status() == 409).hasSize(5);
        key.get("auth/sites/").expect(200);
    }

    @Test
    void noUseSucceedsThatBeginsAfterTheRevocationWasAnswered() throws Exception {
        var revoked = new CountDownLatch(1);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Integer>> late = new ArrayList<>();
            for (int number = 0; number < 4; number++) {
                late.add(
                        threads.submit(
                                () -> {
                                    while (revoked.getCount() > 0) {
                                        assertThat(key.get("auth/sites/").status()).isIn(200, 401);
                                    }
                                    return key.get("auth/sites/").status();
                                }));
            }
            customer.api().delete(KEYS + id + "/").expect(200);
            revoked.countDown();
            for (Future<Integer> one : late) {
                assertThat(one.get()).isEqualTo(401);
            }
        }
        customer.api().get(KEYS + id + "/").expectRefusal(404, "not_found");
        customer.api().delete(KEYS + id + "/").expectRefusal(404, "not_found");
        customer.api().post(KEYS + id + "/rotate/", "").expectRefusal(404, "not_found");
    }

    @Test
    void itsLastUseIsNotedOnceAMinute() throws Exception {
        key.get("auth/sites/").expect(200);
        await().untilAsserted(() -> assertThat(lastUsed()).isNotEmpty());
        JsonNode details = customer.api().get(KEYS + id + "/").expect(200).data();
        assertThat(details.path("last_used_address").asString()).isEqualTo("127.0.0.1");

        String first = lastUsed();
        key.get("auth/sites/").expect(200);
        assertThat(lastUsed()).isEqualTo(first);
        product.clock()
                .later(
                        Duration.ofMinutes(2),
                        () -> {
                            key.get("auth/sites/").expect(200);
                            await().untilAsserted(() -> assertThat(lastUsed()).isNotEqualTo(first));
                        });
    }

    private String lastUsed() {
        return customer.api().get(KEYS + id + "/").data().path("last_used_at").asString("");
    }

    @Test
    void anotherAccountsKeysAreNotThere() {
        Customer other = product.signUp();
        UUID theirs = other.addSite();

        other.api().get(KEYS + id + "/").expectRefusal(404, "not_found");
        other.api().post(KEYS + id + "/rotate/", "").expectRefusal(404, "not_found");
        other.api().delete(KEYS + id + "/").expectRefusal(404, "not_found");
        other.api()
                .post(KEYS, Map.of("name", "a", "site", site, "scopes", ALL_SCOPES))
                .expectRefusal(404, "not_found");
        assertThat(other.api().get(KEYS).expect(200).results()).isEmpty();
        key.get("auth/sites/" + theirs + "/").expectRefusal(404, "not_found");
        key.get("auth/sites/").expect(200);
    }

    @ParameterizedTest
    @CsvSource({
        "name, '{\"name\":\" \",\"site\":\"SITE\",\"scopes\":[\"sites:read\"]}'",
        "scopes, '{\"name\":\"a\",\"site\":\"SITE\",\"scopes\":[]}'",
        "scopes, '{\"name\":\"a\",\"site\":\"SITE\",\"scopes\":[\"all\"]}'",
        "scopes, '{\"name\":\"a\",\"site\":\"SITE\",\"scopes\":[\"sites:read\",\"SITES_READ\"]}'",
        "site, '{\"name\":\"a\",\"scopes\":[\"sites:read\"]}'",
        "expires_at, '{\"name\":\"a\",\"site\":\"SITE\",\"scopes\":[\"sites:read\"],"
                + "\"expires_at\":\"2020-01-01T00:00:00Z\"}'",
        "role, '{\"name\":\"a\",\"site\":\"SITE\",\"scopes\":[\"sites:read\"],\"role\":\"owner\"}'",
    })
    void whatIsWrongIsNamedAndNothingIsMade(String field, String body) {
        customer.api().post(KEYS, body.replace("SITE", site.toString())).expectInvalid(field);
        assertThat(product.count("api_key", customer.accountId())).isOne();
    }

    @Test
    void anAccountHasFiftyAtMost() throws Exception {
        product.sql()
                .sql(
                        """
                        INSERT INTO api_key (account_id, id, name, site_id, scopes, secret_hash,
                            created_by, created_at, issued_to, issued_at)
                        SELECT account_id, substr(md5(number || account_id::text), 1, 12), name,
                               site_id, scopes, secret_hash, created_by, created_at, issued_to,
                               issued_at
                          FROM api_key, generate_series(1, 48) AS number WHERE id = ?
                        """)
                .param(id)
                .update();

        List<Reply> replies =
                Together.send(
                        4,
                        any ->
                                customer.api()
                                        .post(
                                                KEYS,
                                                Map.of(
                                                        "name",
                                                        "a",
                                                        "site",
                                                        site,
                                                        "scopes",
                                                        ALL_SCOPES)));

        assertThat(replies).filteredOn(reply -> reply.status() == 201).hasSize(1);
        replies.stream()
                .filter(reply -> reply.status() != 201)
                .forEach(reply -> reply.expectRefusal(403, "limit_reached"));
        assertThat(product.count("api_key", customer.accountId())).isEqualTo(50);
    }

    @ParameterizedTest
    @CsvSource({"viewer, 403", "editor, 403", "admin, 200"})
    void keysAreForAdminsAndAbove(String role, int status) {
        customer.become(role);

        customer.api().get(KEYS).expect(status);
        customer.api().get(KEYS + id + "/").expect(status);
        customer.api().post(KEYS + id + "/rotate/", "").expect(status);
        customer.api().delete(KEYS + id + "/").expect(status);
        key.get("auth/sites/").expect(status == 200 ? 401 : 200);
    }

    @Test
    void makingRotatingAndRevokingAreWrittenDown() {
        customer.api().post(KEYS + id + "/rotate/", "").expect(200);
        customer.api().delete(KEYS + id + "/").expect(200);

        assertThat(
                        product.sql()
                                .sql(
                                        """
                                        SELECT action FROM audit_entry
                                         WHERE account_id = ? AND target = ? ORDER BY id
                                        """)
                                .params(customer.accountId(), "api_key:" + id)
                                .query((row, number) -> row.getString(1))
                                .list())
                .containsExactly("api_key.created", "api_key.rotated", "api_key.revoked");
    }

    @Test
    void theBotCannotSignInAndHasNoSession() {
        product.api()
                .post(
                        "auth/login/",
                        Map.of("email", "system-bot@igny8.invalid", "password", "{none}"))
                .expectRefusal(401, "invalid_credentials");
        product.api()
                .post("auth/register/", Product.registration("System-Bot@igny8.invalid"))
                .expectInvalid("email");
    }

    @Test
    void thePagesSayInWordsWhatItMay() {
        PageClient browser = PageClient.signedIn(customer);

        for (String path : List.of("/account/keys", "/account/keys/" + id)) {
            assertThat(browser.get(path).expect(200).body())
                    .contains("See the site and its sectors")
                    .doesNotContain("sites:read");
        }
    }
}
