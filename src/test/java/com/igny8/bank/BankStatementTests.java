package com.igny8.bank;

import static org.assertj.core.api.Assertions.assertThat;

import com.igny8.testing.Api;
import com.igny8.testing.Customer;
import com.igny8.testing.Operator;
import com.igny8.testing.Product;
import com.igny8.testing.Reply;

import org.junit.jupiter.api.Test;

import tools.jackson.databind.JsonNode;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** From the customer's transfer to the operator's statement. */
class BankStatementTests {
    private static final byte[] PDF = "%PDF-1.7 a proof".getBytes(StandardCharsets.UTF_8);

    private final Product product = Product.running();
    private final Api console = Operator.of(product).api();

    private Customer growth() {
        return product.signUp(Map.of("plan_slug", "growth", "payment_method", "bank_transfer"));
    }

    private UUID invoiceOf(Customer customer) {
        return product.sql()
                .sql("SELECT id FROM invoice WHERE account_id = ?")
                .param(customer.accountId())
                .query(UUID.class)
                .single();
    }

    private String instructions(Customer customer) {
        return "billing/invoices/" + invoiceOf(customer) + "/bank-transfer/";
    }

    private static Reply upload(Api api, String path, String name, byte[] file) {
        return api.upload(path, Map.of(), name, file);
    }

    @Test
    void aProofIsKeptSealedAndShownToOperatorsOnly() {
        Customer customer = growth();
        String path = instructions(customer);
        String proof =
                "console/bank-transfers/%s/%s/proof/"
                        .formatted(customer.accountId(), invoiceOf(customer));
        assertThat(customer.api().get(path).expect(200).data().path("reference").asString())
                .matches("([2-9A-HJKMNP-Z]{3} ?){3}");
        console.get(proof).expectRefusal(404, "not_found");

        upload(
                        customer.api(),
                        path + "proof/",
                        "evil.pdf",
                        "<html>".getBytes(StandardCharsets.UTF_8))
                .expectInvalid("file");
        upload(customer.api(), path + "proof/", "big.pdf", big())
                .expectRefusal(413, "file_too_large");
        upload(product.signUp().api(), path + "proof/", "a.pdf", PDF)
                .expectRefusal(404, "not_found");
        upload(customer.api(), path + "proof/", "../pr\"oof.pdf", PDF).expect(200);

        assertThat(
                        product.sql()
                                .sql("SELECT proof FROM bank_transfer WHERE account_id = ?")
                                .param(customer.accountId())
                                .query(byte[].class)
                                .single())
                .isNotEqualTo(PDF);
        customer.api().get(proof).expectRefusal(403, "operators_only");
        Reply shown = console.get(proof).expect(200);
        assertThat(shown.body()).isEqualTo("%PDF-1.7 a proof");
        assertThat(shown.header("Content-Type")).isEqualTo("application/pdf");
        assertThat(shown.header("Content-Disposition")).startsWith("attachment");
        assertThat(shown.header("Content-Security-Policy")).contains("sandbox");
        assertThat(shown.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(shown.header("Cache-Control")).contains("no-store");

        String decline = proof.replace("proof/", "decline/");
        console.post(decline, Map.of("reason", " ")).expectInvalid("reason");
        console.post(decline, Map.of("reason", "It shows no amount")).expect(200);
        console.post(decline, Map.of("reason", "Again"))
                .expectRefusal(409, "transfer_not_announced");
        assertThat(customer.api().get(path).data().path("declined_reason").asString())
                .isEqualTo("It shows no amount");
        assertThat(
                        product.sql()
                                .sql(
                                        "SELECT count(*) FROM mail WHERE recipient = ? AND template = 'bank_transfer_declined'")
                                .param(customer.email())
                                .query(Long.class)
                                .single())
                .isOne();
    }

    private static byte[] big() {
        byte[] big = new byte[ProofType.MAX_BYTES + 1];
        System.arraycopy(PDF, 0, big, 0, PDF.length);
        return big;
    }

    @Test
    void aStatementIsImportedOnceAndItsLinesPayWhatTheyAreFor() {
        Customer exact = growth();
        Customer less = growth();
        Customer typo = growth();
        String mark = "M" + UUID.randomUUID();
        StringBuilder statement =
                new StringBuilder(
                        "Booking date,Amount,Currency,Debtor name,Remittance information\n");
        line(statement, "139.00", mark + " ref " + reference(exact));
        line(statement, "100.00", mark + " ref " + reference(less));
        line(statement, "139.00", mark + " ref " + mistyped(reference(typo)));
        line(statement, "-20.00", mark + " bank fee");
        line(statement, "lots", mark);
        line(statement, "3.33", mark + " a gift");
        line(statement, "3.33", mark + " a gift");
        byte[] file = statement.toString().getBytes(StandardCharsets.UTF_8);

        JsonNode preview =
                console.upload("console/bank-statements/", Map.of("preview", "true"), "s.csv", file)
                        .expect(200)
                        .data();
        JsonNode first =
                upload(console, "console/bank-statements/", "s.csv", file).expect(200).data();
        JsonNode again =
                upload(console, "console/bank-statements/", "t.csv", file).expect(200).data();

        assertThat(preview).isEqualTo(first);
        assertThat(first.path("fresh").asInt()).isEqualTo(5);
        assertThat(first.path("outgoing").asInt()).isOne();
        assertThat(first.path("invalid").path(0).path("row").asInt()).isEqualTo(6);
        assertThat(again.path("fresh").asInt()).isZero();
        assertThat(again.path("duplicates").asInt()).isEqualTo(5);

        List<JsonNode> lines = lines(mark);
        assertThat(lines).hasSize(5);
        JsonNode certain = withMatch(lines, exact);
        JsonNode likely = withMatch(lines, less);
        JsonNode near = withMatch(lines, typo);
        assertThat(best(certain).path("confidence").asString()).isEqualTo("certain");
        assertThat(best(likely).path("confidence").asString()).isEqualTo("likely");
        assertThat(best(near).path("confidence").asString()).isEqualTo("likely");

        JsonNode results =
                console.post(
                                "console/bank-statements/confirm/",
                                Map.of(
                                        "items",
                                        List.of(
                                                choice(certain, exact),
                                                choice(likely, less),
                                                choice(certain, typo),
                                                choice(near, typo))))
                        .expect(200)
                        .data()
                        .path("results");

        assertThat(results.valueStream().map(result -> result.path("code").asString("confirmed")))
                .containsExactly("confirmed", "amount_mismatch", "not_found", "confirmed");
        assertThat(exact.balance().balance()).isEqualTo(2_000);
        assertThat(less.balance().balance()).isZero();
        assertThat(typo.balance().balance()).isEqualTo(2_000);
        assertThat(product.count("payment", exact.accountId())).isOne();
        String ignore =
                "console/bank-statements/lines/%s/ignore/".formatted(likely.path("id").asString());
        console.post(ignore, "").expect(204);
        console.post(ignore, "").expectRefusal(404, "not_found");
        assertThat(lines(mark)).hasSize(2);
        exact.api().get("console/bank-statements/lines/").expectRefusal(403, "operators_only");
    }

    private static void line(StringBuilder statement, String amount, String purpose) {
        statement.append("2026-11-20,%s,USD,Somebody,%s\n".formatted(amount, purpose));
    }

    private String reference(Customer customer) {
        return customer.api().get(instructions(customer)).data().path("reference").asString();
    }

    private static String mistyped(String reference) {
        char last = reference.charAt(reference.length() - 1);
        return reference.substring(0, reference.length() - 1) + (last == '2' ? '3' : '2');
    }

    private List<JsonNode> lines(String mark) {
        List<JsonNode> mine = new ArrayList<>();
        for (JsonNode line :
                console.get("console/bank-statements/lines/?page_size=200").expect(200).results()) {
            if (line.path("purpose").asString().contains(mark)) {
                mine.add(line);
            }
        }
        return mine;
    }

    private JsonNode withMatch(List<JsonNode> lines, Customer customer) {
        return lines.stream()
                .filter(
                        line ->
                                best(line)
                                        .path("account")
                                        .asString("")
                                        .equals(customer.accountId().toString()))
                .findFirst()
                .orElseThrow();
    }

    private static JsonNode best(JsonNode line) {
        return line.path("matches").path(0);
    }

    private Map<String, Object> choice(JsonNode line, Customer customer) {
        return Map.of("line", line.path("id").asString(), "invoice", invoiceOf(customer));
    }
}
