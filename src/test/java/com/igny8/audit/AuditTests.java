package com.igny8.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.igny8.identity.NewUser;
import com.igny8.identity.Users;
import com.igny8.kernel.Problem;
import com.igny8.tenancy.AuditLog;
import com.igny8.testing.Api;
import com.igny8.testing.Customer;
import com.igny8.testing.Product;
import com.igny8.testing.Reply;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import tools.jackson.databind.JsonNode;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.StreamSupport;

class AuditTests {
    private final Product product = Product.running();

    private Customer ada() {
        return product.signUp(Map.of("first_name", "Ada", "last_name", "Lovelace"));
    }

    private Api operator() {
        String email = Product.freshEmail();
        assertThat(
                        product.bean(Users.class)
                                .createOperator(
                                        new NewUser(email, Customer.PASSWORD, "Grace", "Hopper")))
                .isPresent();
        Reply reply =
                product.api()
                        .post("auth/login/", Map.of("email", email, "password", Customer.PASSWORD))
                        .expect(200);
        return product.api().as(reply.data().path("access").asString());
    }

    private void record(Customer customer, String action, Map<String, ?> details) {
        customer.inside(
                () -> {
                    product.bean(AuditLog.class).record(action, "thing:1", details);
                    return true;
                });
    }

    private static List<String> texts(Reply reply, String field) {
        return StreamSupport.stream(reply.results().spliterator(), false)
                .map(entry -> entry.path(field).asString())
                .toList();
    }

    @Test
    void whatIsDoneIsToldInWordsWithWhoAndFromWhere() {
        Customer customer = ada();
        customer.api()
                .with("User-Agent", "Mozilla/5.0 " + "x".repeat(500))
                .with("X-Request-ID", "audit-test-1")
                .post("auth/sites/", Customer.site("Cloud Notes", "notes.example"))
                .expect(201);

        Reply reply = customer.api().get("auth/audit/").expect(200);

        assertThat(texts(reply, "sentence"))
                .containsExactly(
                        "Ada Lovelace added the site Cloud Notes",
                        "Ada Lovelace opened the account on the plan Free Trial");
        JsonNode entry = reply.results().get(0);
        assertThat(entry.path("actor").path("id").asString())
                .isEqualTo(customer.userId().toString());
        assertThat(entry.path("actor").path("kind").asString()).isEqualTo("person");
        assertThat(entry.path("address").asString()).isEqualTo("127.0.0.1");
        assertThat(entry.path("user_agent").asString()).hasSize(200).startsWith("Mozilla/5.0 xx");
        assertThat(entry.path("request_id").asString()).isEqualTo("audit-test-1");
        assertThat(entry.path("details").path("domain").asString()).isEqualTo("notes.example");
    }

    @Test
    void whatWasChangedIsThereBeforeAndAfterWithoutSecretsAndWithoutWhatStayed() {
        Customer customer = ada();
        Map<String, Object> before = new LinkedHashMap<>();
        before.put("name", "Notes");
        before.put("domain", "notes.example");
        before.put("application_password", "old secret");
        before.put("industry", null);
        Map<String, Object> after = new LinkedHashMap<>(before);
        after.put("name", "Cloud Notes");
        after.put("application_password", "new secret");
        after.put("industry", 3);

        customer.inside(
                () -> {
                    AuditLog log = product.bean(AuditLog.class);
                    log.recordChange(
                            "site.changed", "site:1", Map.of("name", "Notes"), before, after);
                    log.recordChange("site.changed", "site:1", Map.of(), before, before);
                    return true;
                });

        Reply reply = customer.api().get("auth/audit/?action=site.changed").expect(200);
        assertThat(reply.results()).hasSize(1);
        JsonNode changes = reply.results().get(0).path("changes");
        assertThat(changes.propertyNames())
                .containsExactlyInAnyOrder("name", "application_password", "industry");
        assertThat(changes.path("name").path("before").asString()).isEqualTo("Notes");
        assertThat(changes.path("name").path("after").asString()).isEqualTo("Cloud Notes");
        assertThat(changes.path("industry").path("before").isNull()).isTrue();
        assertThat(reply.body()).doesNotContain("old secret", "new secret");
        assertThat(
                        product.sql()
                                .sql(
                                        "SELECT changes::text FROM audit_entry WHERE account_id = ?"
                                                + " AND action = 'site.changed'")
                                .param(customer.accountId())
                                .query(String.class)
                                .single())
                .doesNotContain("secret\"");
    }

    @Test
    void pagesStayAsTheyWereWhenMoreIsDoneMeanwhile() {
        Customer customer = ada();
        for (int i = 1; i <= 6; i++) {
            record(customer, "thing.done", Map.of("name", i));
        }
        Reply first = customer.api().get("auth/audit/?page_size=3").expect(200);
        assertThat(first.json().path("count").asInt()).isEqualTo(7);
        assertThat(first.json().path("previous").isNull()).isTrue();

        record(customer, "thing.done", Map.of("name", "late"));
        Reply second = customer.api().get(first.json().path("next").asString()).expect(200);
        Reply third = customer.api().get(second.json().path("next").asString()).expect(200);
        Reply back = customer.api().get(third.json().path("previous").asString()).expect(200);

        List<String> read = new ArrayList<>(texts(first, "id"));
        read.addAll(texts(second, "id"));
        read.addAll(texts(third, "id"));
        assertThat(read).hasSize(7).doesNotHaveDuplicates();
        assertThat(third.json().path("next").isNull()).isTrue();
        assertThat(texts(back, "id")).isEqualTo(texts(second, "id"));
        Reply top = customer.api().get(second.json().path("previous").asString()).expect(200);
        assertThat(texts(top, "id")).isEqualTo(texts(first, "id"));
        Reply newest = customer.api().get(top.json().path("previous").asString()).expect(200);
        assertThat(texts(newest, "sentence")).containsExactly("Ada Lovelace done the thing late");
    }

    @Test
    void aCursorThatIsNotOursIsRefused() {
        Customer customer = ada();
        record(customer, "thing.done", Map.of());
        Reply page = customer.api().get("auth/audit/?page_size=1").expect(200);
        String cursor =
                page.json().path("next").asString().replaceFirst(".*cursor=([^&]+).*", "$1");
        char last = cursor.charAt(cursor.length() - 3);
        String tampered =
                cursor.substring(0, cursor.length() - 3)
                        + (last == 'A' ? 'B' : 'A')
                        + cursor.substring(cursor.length() - 2);

        for (String bad : List.of(tampered, "1", "%20", "AAAA", cursor + "A", "x".repeat(2000))) {
            customer.api().get("auth/audit/?cursor=" + bad).expectInvalid("cursor");
        }
        operator().get("console/audit/?cursor=" + cursor).expectInvalid("cursor");
    }

    @Test
    void theLogIsNarrowedByActionActorTargetAndTime() {
        Customer customer = ada();
        UUID site = customer.addSite();
        customer.addSector(site);
        Api api = customer.api();

        assertThat(texts(api.get("auth/audit/?action=site."), "action"))
                .containsExactly("site.created");
        assertThat(texts(api.get("auth/audit/?target=site:" + site), "action"))
                .containsExactly("site.created");
        assertThat(texts(api.get("auth/audit/?target=sector"), "action"))
                .containsExactly("sector.created");
        assertThat(api.get("auth/audit/?actor=" + customer.userId()).results()).hasSize(3);
        assertThat(api.get("auth/audit/?actor=" + UUID.randomUUID()).results()).isEmpty();
        Instant later = Instant.now().plusSeconds(3600);
        assertThat(api.get("auth/audit/?from=" + later).results()).isEmpty();
        assertThat(api.get("auth/audit/?to=" + later).results()).hasSize(3);
        assertThat(api.get("auth/audit/?action=%25").results()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "actor=5",
                "from=yesterday",
                "to=2026-13-01T00:00:00Z",
                "from=%2B1000000000-12-31T23:59:59Z",
                "to=-1000000000-01-01T00:00:00Z",
                "page_size=0",
                "page_size=201"
            })
    void aQuestionThatMakesNoSenseIsRefusedByItsField(String query) {
        ada().api()
                .get("auth/audit/?" + query)
                .expectInvalid(query.substring(0, query.indexOf('=')));
    }

    @ParameterizedTest
    @ValueSource(strings = {"yesterday", "+999999999-12-31", "-999999999-01-01"})
    void aFormThatNamesNoDayIsRefused(String day) {
        assertThatThrownBy(() -> new AuditQuery(null, null, null, null, day).filter())
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.status()).isEqualTo(400));
    }

    @Test
    void whatHappensOnAnotherAccountIsNotThere() {
        Customer customer = ada();
        Customer other = ada();
        record(other, "thing.done", Map.of());

        assertThat(customer.api().get("auth/audit/").expect(200).results()).hasSize(1);
        assertThat(
                        customer.api()
                                .get("auth/audit/?actor=" + other.userId())
                                .expect(200)
                                .json()
                                .path("count")
                                .asInt())
                .isZero();
        assertThat(customer.api().get("auth/audit/export/").expect(200).body())
                .doesNotContain("thing.done");
    }

    @Test
    void itIsForAdminsAndTheWholeOfItForOperators() {
        Customer customer = ada();
        customer.become("editor");
        customer.api().get("auth/audit/").expectRefusal(403, "role_too_weak");
        customer.api().get("auth/audit/export/").expectRefusal(403, "role_too_weak");
        customer.api().get("console/audit/").expectRefusal(403, "operators_only");
        product.api().get("auth/audit/").expect(401);

        Reply all = operator().get("console/audit/?account=" + customer.accountId()).expect(200);
        assertThat(texts(all, "action")).containsExactly("account.opened");
        assertThat(operator().get("console/audit/?page_size=2").expect(200).results()).hasSize(2);
    }

    @Test
    void whoSignsInAndOutIsInTheLogOfTheAccountAndWhoFailsToInTheOperators() {
        Customer customer = ada();
        Customer again = product.signIn(customer);
        again.api().post("auth/logout/", "{}").expect(200);
        String stranger = "zz" + Product.freshEmail();
        product.api()
                .post("auth/login/", Map.of("email", stranger, "password", "not this one"))
                .expect(401);

        assertThat(texts(customer.api().get("auth/audit/?action=user."), "sentence"))
                .containsExactly("Ada Lovelace signed out", "Ada Lovelace signed in");
        List<@Nullable String> subjects =
                product.sql()
                        .sql("SELECT subject FROM security_event WHERE event = 'sign_in.failed'")
                        .query(String.class)
                        .list();
        assertThat(subjects).contains("zz***@example.com").doesNotContain(stranger);
    }

    @Test
    void whoIsGoneIsStillToldApartAndStaffAreToldAsStaff() {
        Customer customer = ada();
        UUID gone = UUID.randomUUID();
        UUID staff =
                product.bean(Users.class)
                        .createOperator(
                                new NewUser(
                                        Product.freshEmail(), Customer.PASSWORD, "Grace", "Hopper"))
                        .orElseThrow()
                        .id();
        for (UUID actor : List.of(gone, staff)) {
            product.sql()
                    .sql(
                            """
                            INSERT INTO audit_entry (account_id, actor_id, via, action, target,
                                address) VALUES (?, ?, 'session', 'account.suspended', 'account:1',
                                '10.9.8.7')
                            """)
                    .params(customer.accountId(), actor)
                    .update();
        }

        Reply own = customer.api().get("auth/audit/?action=account.suspended").expect(200);
        assertThat(texts(own, "sentence"))
                .containsExactly(
                        "IGNY8 staff suspended the account",
                        "Somebody who is gone suspended the account");
        assertThat(own.results().get(0).path("address").isNull()).isTrue();
        assertThat(own.body()).doesNotContain("Grace");
        assertThat(operator().get("console/audit/?account=" + customer.accountId()).body())
                .contains("Grace Hopper (IGNY8 staff)", "10.9.8.7");
    }

    @Test
    void theFileHoldsAllOfItAndNothingThatASpreadsheetWouldRun() {
        Customer customer = product.signUp(Map.of("first_name", "=HYPERLINK(\"x\")"));
        for (int i = 0; i < 2100; i++) {
            record(customer, "thing.done", Map.of("name", "@SUM(1)", "n", i));
        }

        Reply reply = customer.api().get("auth/audit/export/?action=thing.").expect(200);

        assertThat(reply.header("Content-Type")).startsWith("text/csv");
        assertThat(reply.header("Content-Disposition")).contains("attachment", "audit.csv");
        List<CsvRecord> lines = CsvReader.builder().ofCsvRecord(reply.body()).stream().toList();
        assertThat(lines).hasSize(2101);
        assertThat(lines.get(1).getField(1)).startsWith("'=HYPERLINK");
        assertThat(lines.stream().map(line -> line.getField(9)).distinct()).hasSize(2101);
    }

    @Test
    void nobodyCanChangeOrRemoveWhatIsWritten() throws SQLException {
        Customer customer = ada();
        for (String statement :
                List.of(
                        "UPDATE audit_entry SET action = 'x.y'",
                        "DELETE FROM audit_entry",
                        "TRUNCATE audit_entry")) {
            try (Connection tenant = product.tenantConnection();
                    Connection platform = product.platformConnection()) {
                tenant.createStatement()
                        .execute(
                                "SELECT set_config('app.account_id', '%s', false)"
                                        .formatted(customer.accountId()));
                assertRefused(tenant, statement);
                assertRefused(platform, statement);
                tenant.createStatement().execute("RESET app.account_id");
            }
            assertThatThrownBy(() -> product.sql().sql(statement).update())
                    .hasStackTraceContaining("audit_entry is append-only");
        }
        assertThat(product.count("audit_entry", customer.accountId())).isOne();
    }

    private static void assertRefused(Connection connection, String statement) {
        assertThatThrownBy(() -> connection.createStatement().execute(statement))
                .isInstanceOf(SQLException.class)
                .extracting(failure -> ((SQLException) failure).getSQLState())
                .isEqualTo("42501");
    }
}
