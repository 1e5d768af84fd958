package com.igny8.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.igny8.testing.Api;
import com.igny8.testing.Customer;
import com.igny8.testing.Operator;
import com.igny8.testing.Product;

import org.junit.jupiter.api.Test;

import tools.jackson.databind.JsonNode;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

class AccountExportTests {
    private static final String EXPORT = "auth/account/export/";

    private final Product product = Product.running();

    private Map<String, String> export(Customer customer) throws Exception {
        // One at a time; and the last byte is here a moment before the next may begin
        HttpResponse<byte[]> response =
                await().until(() -> asked(customer), answer -> answer.statusCode() != 429);
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/zip");
        assertThat(response.headers().firstValue("Content-Disposition").orElse(""))
                .startsWith("attachment; filename=\"igny8-");
        return unzipped(response.body());
    }

    private HttpResponse<byte[]> asked(Customer customer) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(product.address() + "/api/v1/" + EXPORT))
                                .header("Authorization", "Bearer " + customer.access())
                                .build(),
                        HttpResponse.BodyHandlers.ofByteArray());
    }

    private static Map<String, String> unzipped(byte[] archive) throws IOException {
        Map<String, String> files = new LinkedHashMap<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(archive))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                files.put(entry.getName(), new String(zip.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        return files;
    }

    private static JsonNode json(Map<String, String> files, String name) {
        return Api.JSON.readTree(String.valueOf(files.get("data/" + name + ".json")));
    }

    @Test
    void holdsAllThatIsTheAccountsAndNothingThatIsNot() throws Exception {
        Customer customer = product.signUp(Map.of("account_name", "Engines"));
        Customer other = product.signUp();
        UUID site = customer.addSite();
        UUID foreign = other.addSite();
        customer.addSector(site);
        customer.api()
                .upload(
                        "planner/keywords/import/",
                        Map.of("site", site.toString()),
                        "list.csv",
                        "Keyword,Volume\ncrm software,1200\nbest crm,".getBytes(UTF_8))
                .expect(200);

        Map<String, String> files = export(customer);

        assertThat(files.get("README.txt")).contains("Engines");
        assertThat(json(files, "people").path(0).path("email").asString())
                .isEqualTo(customer.email());
        assertThat(json(files, "account").path(0).path("name").asString()).isEqualTo("Engines");
        assertThat(json(files, "site").path(0).path("id").asString()).isEqualTo(site.toString());
        assertThat(json(files, "keyword")).hasSize(2);
        assertThat(json(files, "keyword").path(0).path("volume").asLong()).isEqualTo(1200);
        assertThat(json(files, "keyword").path(1).path("volume").isNull()).isTrue();
        assertThat(json(files, "credit_entry").path(0).path("amount").asLong()).isEqualTo(2000);
        assertThat(json(files, "audit_entry")).isNotEmpty();
        assertThat(String.valueOf(files.get("data/keyword.csv")).lines()).hasSize(3);
        AccountTables.read(product.sql()::sql).tables().stream()
                .map(AccountTables.Table::name)
                .filter(table -> !table.equals("idempotent_request"))
                .forEach(
                        table ->
                                assertThat(files)
                                        .containsKeys(
                                                "data/" + table + ".json",
                                                "data/" + table + ".csv"));
        assertThat(files.values())
                .allSatisfy(
                        text ->
                                assertThat(text)
                                        .doesNotContain(
                                                foreign.toString(),
                                                other.accountId().toString(),
                                                other.email()));
    }

    /** Guard: the pages and the API do not tell it either. */
    @Test
    void whoOfTheStaffDidSomethingIsNotInIt() throws Exception {
        Customer customer = product.signUp();
        Operator operator = Operator.of(product);
        operator.act(customer, "credits", Map.of("amount", 5, "reason", "Sorry")).expect(200);

        JsonNode log = json(export(customer), "audit_entry");

        assertThat(log)
                .filteredOn(entry -> entry.path("action").asString().equals("credits.adjusted"))
                .singleElement()
                .satisfies(
                        entry -> {
                            assertThat(entry.path("details").path("reason").asString())
                                    .isEqualTo("Sorry");
                            assertThat(entry.path("address").isNull()).isTrue();
                            assertThat(entry.path("user_agent").isNull()).isTrue();
                        });
        assertThat(log.toString())
                .contains(customer.userId().toString())
                .doesNotContain(operator.userId().toString());
    }

    @Test
    void secretsAreNotInIt() {
        List<String> exported =
                AccountTables.read(product.sql()::sql).tables().stream()
                        .flatMap(
                                table ->
                                        table.columns().stream()
                                                .filter(
                                                        column ->
                                                                ExportedColumns.of(table)
                                                                        .contains(column.name()))
                                                .map(column -> column.name() + " " + column.type()))
                        .toList();
        assertThat(exported).noneMatch(column -> column.endsWith("bytea"));
        assertThat(exported)
                .filteredOn(
                        column ->
                                column.matches(
                                        ".*(hash|secret|token|passw|seal|credential|private|salt).*"))
                .as("Looks like a secret: leave it out, or say that it is harmless")
                .containsOnly("input_tokens bigint", "output_tokens bigint");
    }

    @Test
    void aCellIsNoFormula() throws Exception {
        Customer customer = product.signUp(Map.of("account_name", "=HYPERLINK(\"x\",\"y\")"));

        Map<String, String> files = export(customer);

        assertThat(files.get("data/account.csv")).contains("\"'=HYPERLINK(\"\"x\"\",\"\"y\"\")\"");
        assertThat(files.get("data/account.json")).contains("\"=HYPERLINK(");
    }

    @Test
    void theOwnerOfASuspendedOrDeletedAccountTakesItAlong() throws Exception {
        for (String state : List.of("suspended", "cancelled", "deleted")) {
            Customer customer = product.signUp();
            if (state.equals("deleted")) {
                AccountDeletionTests.delete(customer).expect(200);
            } else {
                product.sql()
                        .sql("UPDATE account SET status = ? WHERE id = ?")
                        .param(state)
                        .param(customer.accountId())
                        .update();
            }
            assertThat(export(customer)).containsKey("data/account.json");
        }
    }

    @Test
    void nobodyElseDoes() {
        Customer customer = product.signUp();
        product.api().get(EXPORT).expect(401);
        for (String role : List.of("viewer", "editor", "admin")) {
            customer.become(role);
            customer.api().get(EXPORT).expectRefusal(403, "role_too_weak");
        }
        product.sql()
                .sql("DELETE FROM member WHERE account_id = ?")
                .param(customer.accountId())
                .update();
        customer.api().get(EXPORT).expectRefusal(403, "account_missing");
    }

    @Test
    void itIsWrittenDownAndNotForEveryMinute() throws Exception {
        Customer customer = product.signUp();
        for (int i = 0; i < 5; i++) {
            export(customer);
        }
        await().untilAsserted(() -> customer.api().get(EXPORT).expectRefusal(429, "export_limit"));
        assertThat(
                        product.sql()
                                .sql(
                                        """
                                        SELECT count(*) FROM audit_entry
                                         WHERE account_id = ? AND action = 'account.exported'
                                        """)
                                .param(customer.accountId())
                                .query(Long.class)
                                .single())
                .isEqualTo(5);
    }
}
