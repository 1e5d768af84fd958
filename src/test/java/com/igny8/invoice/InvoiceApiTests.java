package com.igny8.invoice;

import static org.assertj.core.api.Assertions.assertThat;

import com.igny8.kernel.Money;
import com.igny8.testing.Api;
import com.igny8.testing.Customer;
import com.igny8.testing.Operator;
import com.igny8.testing.PageClient;
import com.igny8.testing.Product;
import com.igny8.testing.Reply;
import com.igny8.testing.Team;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import tools.jackson.databind.JsonNode;

import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Invoices as customers and operators meet them: over HTTP. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class InvoiceApiTests {
    private final Product product = Product.running();
    private final Customer customer = product.signUp();
    private final Operator operator = Operator.of(product);

    private Invoice issue(Customer somebody, long minor) {
        return somebody.inside(
                () ->
                        product.bean(Invoices.class)
                                .issue(
                                        new NewInvoice(
                                                Invoice.Purpose.MANUAL,
                                                null,
                                                null,
                                                "EUR",
                                                List.of(
                                                        InvoiceLine.of(
                                                                "Advice",
                                                                1,
                                                                new Money(minor, "EUR"))))));
    }

    private Reply asOperator(Invoice invoice, String verb, Map<String, ?> body) {
        return operator.api().post("console/invoices/%s/%s/".formatted(invoice.id(), verb), body);
    }

    @Test
    void anInvoiceIsListedAsItIsWritten() {
        Invoice invoice = issue(customer, 10_000);

        JsonNode found =
                customer.api()
                        .get("billing/invoices/?status=open&search=" + invoice.number())
                        .expect(200)
                        .results()
                        .path(0);

        assertThat(found.path("id").asString()).isEqualTo(invoice.id().toString());
        assertThat(found.path("status").asString()).isEqualTo("open");
        assertThat(found.path("currency").asString()).isEqualTo("EUR");
        assertThat(found.path("total_minor").asLong()).isEqualTo(10_000);
        assertThat(found.path("due_minor").asLong()).isEqualTo(10_000);
        assertThat(found.path("lines").path(0).path("description").asString()).isEqualTo("Advice");
        assertThat(found.path("billing_snapshot").path("email").asString())
                .isEqualTo(customer.email());
        assertThat(found.hasNonNull("issued_at") && found.hasNonNull("due_at")).isTrue();
        customer.api().get("billing/invoices/?status=late").expectInvalid("status");
        assertThat(customer.api().get("billing/invoices/%s/".formatted(invoice.id())).id())
                .isEqualTo(invoice.id());
    }

    @Test
    void itsPdfIsAFileToKeep() {
        Invoice invoice = issue(customer, 10_000);

        Reply pdf = customer.api().get("billing/invoices/%s/pdf/".formatted(invoice.id()));

        assertThat(pdf.expect(200).header("Content-Type")).isEqualTo("application/pdf");
        assertThat(pdf.header("Content-Disposition")).contains(invoice.number() + ".pdf");
        assertThat(pdf.body()).startsWith("%PDF-");
    }

    @Test
    void whoSeesNoBillingSeesNoInvoice() {
        Team team = Team.of(product);
        Invoice invoice = issue(team.owner(), 10_000);
        String path = "billing/invoices/%s/".formatted(invoice.id());

        team.join("admin").api().get(path).expect(200);
        team.join("editor").api().get(path).expectRefusal(403, "role_too_weak");
        customer.api().get(path).expectRefusal(404, "not_found");
        customer.api().get(path + "pdf/").expectRefusal(404, "not_found");
        operator.suspend(team.owner()).expect(200);
        team.owner().api().get(path).expect(200);
    }

    @Test
    void theNextInvoiceNamesWhoTheAccountSaysItIs() {
        Customer other = product.signUp();
        Invoice before = issue(other, 10_000);
        Reply profile = other.api().get("billing/profile/").expect(200);
        String seen = String.valueOf(profile.header("ETag"));
        Map<String, String> german =
                Map.of(
                        "legal_name", "Analytical Engines GmbH",
                        "city", "Berlin",
                        "country", "DE",
                        "tax_id", "de 123 456 789");

        other.api()
                .patch("billing/profile/", Map.of("country", "DE", "tax_id", "DE12"))
                .expectInvalid("tax_id");
        other.api()
                .patch("billing/profile/", Map.of("country", "Germany"))
                .expectInvalid("country");
        other.api()
                .patch("billing/profile/", Map.of("tax_id", "DE123456789"))
                .expectInvalid("country");
        Reply changed = other.api().with("If-Match", seen).patch("billing/profile/", german);
        assertThat(changed.expect(200).data().path("tax_id").asString()).isEqualTo("DE123456789");
        other.api()
                .with("If-Match", seen)
                .patch("billing/profile/", Map.of("city", "Bonn"))
                .expectRefusal(412, "changed_meanwhile");

        Invoice after = issue(other, 10_000);
        assertThat(after.billedTo().name()).isEqualTo("Analytical Engines GmbH");
        assertThat(after.billedTo().taxId()).isEqualTo("DE123456789");
        assertThat(
                        other.api()
                                .get("billing/invoices/%s/".formatted(before.id()))
                                .data()
                                .path("billing_snapshot")
                                .path("city")
                                .isNull())
                .isTrue();
    }

    @Test
    void taxesFollowTheSellerTheBuyerAndTheDay() {
        Customer buyer = product.signUp();
        Map<String, Object> seller =
                Map.of(
                        "name", "IGNY8 Ltd",
                        "country", "IE",
                        "tax_id", "IE1234567FA",
                        "invoice_prefix", "IGN",
                        "days_to_pay", 14);
        operator.api().send("PUT", "console/seller/", json(seller)).expect(200);
        operator.api()
                .send("PUT", "console/seller/", json(with(seller, "invoice_prefix", "TEST")))
                .expectInvalid("invoice_prefix");
        Map<String, Object> rate =
                Map.of("country", "FI", "name", "ALV", "percent", "25.5", "is_inclusive", false);
        operator.api().post("console/tax-rates/", rate).expect(201);
        UUID toCome =
                operator.api()
                        .post(
                                "console/tax-rates/",
                                with(rate, "effective_from", "2999-01-01T00:00:00Z"))
                        .expect(201)
                        .id();
        operator.api()
                .post("console/tax-rates/", with(rate, "effective_from", "2020-01-01T00:00:00Z"))
                .expectInvalid("effective_from");
        operator.api()
                .post("console/tax-rates/", with(rate, "effective_from", "+12345-01-01T00:00:00Z"))
                .expectInvalid("effective_from");
        operator.api()
                .post("console/tax-rates/", with(rate, "percent", "101"))
                .expectInvalid("percent");
        operator.api().delete("console/tax-rates/%s/".formatted(toCome)).expect(204);

        buyer.api().patch("billing/profile/", Map.of("country", "FI")).expect(200);
        Invoice taxed = issue(buyer, 10_000);
        assertThat(taxed.amounts().tax()).isEqualTo(new Money(2_550, "EUR"));
        assertThat(taxed.tax().name()).isEqualTo("ALV");
        buyer.api().patch("billing/profile/", Map.of("tax_id", "FI12345678")).expect(200);
        Invoice reverse = issue(buyer, 10_000);
        assertThat(reverse.tax().treatment()).isEqualTo(Tax.Treatment.REVERSE_CHARGE);
        assertThat(reverse.total()).isEqualTo(new Money(10_000, "EUR"));
    }

    @Test
    void operatorsCorrectInvoicesAndItIsWrittenDown() {
        Invoice invoice = issue(customer, 10_000);
        Map<String, Object> note = Map.of("amount", "10.00", "reason", "Down for a day");

        customer.api()
                .post("console/invoices/%s/credit-notes/".formatted(invoice.id()), note)
                .expect(403);
        asOperator(invoice, "credit-notes", with(note, "amount", "100.01")).expectInvalid("amount");
        asOperator(invoice, "credit-notes", with(note, "amount", "-1")).expectInvalid("amount");
        asOperator(invoice, "credit-notes", with(note, "amount", "0.00")).expectInvalid("amount");
        asOperator(invoice, "credit-notes", with(note, "excess", "gift")).expectInvalid("excess");
        asOperator(invoice, "credit-notes", with(note, "reason", " ")).expectInvalid("reason");
        String key = UUID.randomUUID().toString();
        String path = "console/invoices/%s/credit-notes/".formatted(invoice.id());
        Reply first = operator.api().once(key).post(path, note).expect(201);
        Reply again = operator.api().once(key).post(path, note).expect(201);

        assertThat(again.data().path("number")).isEqualTo(first.data().path("number"));
        JsonNode found =
                operator.api()
                        .get("console/invoices/%s/".formatted(invoice.id()))
                        .expect(200)
                        .data();
        assertThat(found.path("invoice").path("credited_minor").asLong()).isEqualTo(1_000);
        assertThat(found.path("credit_notes")).hasSize(1);
        assertThat(
                        customer.api()
                                .get("billing/credit-notes/%s/pdf/".formatted(first.id()))
                                .expect(200)
                                .body())
                .startsWith("%PDF-");
        asOperator(invoice, "void", Map.of("reason", "Twice"))
                .expectRefusal(409, "invoice_partly_paid");
        asOperator(invoice, "uncollectible", Map.of("reason", "Gone")).expect(200);
        assertThat(audited())
                .contains("credit_note.issued", "invoice.written_off")
                .doesNotContain("invoice.voided");
        asOperator(issue(customer, 1), "void", Map.of("reason", "Ordered twice")).expect(200);
        assertThat(audited()).contains("invoice.voided");
    }

    private List<String> audited() {
        return product.sql()
                .sql("SELECT action FROM audit_entry WHERE account_id = ?")
                .param(customer.accountId())
                .query((row, number) -> row.getString(1))
                .list();
    }

    @Test
    void accountantsGetTheirFiles() {
        Invoice invoice = issue(customer, 10_000);
        customer.inside(
                () -> product.bean(Invoices.class).settle(invoice.id(), new Money(10_000, "EUR")));
        asOperator(invoice, "credit-notes", Map.of("amount", "10.00", "reason", "=1+1"))
                .expect(201);
        String number = String.valueOf(invoice.number());

        assertThat(file("invoices"))
                .anyMatch(line -> line.startsWith("invoice," + number) && line.endsWith(",100.00"))
                .anyMatch(line -> line.startsWith("credit_note,") && line.endsWith(",-10.00"));
        assertThat(file("revenue"))
                .anyMatch(line -> line.contains(number) && line.endsWith(",EUR,100.00"))
                .anyMatch(
                        line -> line.contains(number + ",IGN-CN-") && line.endsWith(",EUR,-10.00"));
        assertThat(file("payments").getFirst()).startsWith("movement,settled");
        operator.api()
                .get("console/exports/revenue/?from=2026-02-01&to=2026-01-01")
                .expectInvalid("to");
        operator.api().get("console/exports/payments/?to=%2B999999999-12-31").expectInvalid("to");
        assertThat(
                        operator.api()
                                .get("console/exports/invoices/?from=2001-01-01&to=2001-12-31")
                                .expect(200)
                                .body()
                                .lines())
                .hasSize(1);
        customer.api().get("console/exports/invoices/").expect(403);
    }

    private List<String> file(String name) {
        return operator.api()
                .get("console/exports/%s/".formatted(name))
                .expect(200)
                .body()
                .lines()
                .toList();
    }

    @Test
    void peopleFindTheirInvoicesOnPages() {
        Customer other = product.signUp();
        PageClient owner = PageClient.signedIn(product, other.email());
        assertThat(owner.get("/account/invoices").expect(200).body()).contains("No invoices yet");
        assertThat(owner.get("/account/balance").expect(200).body()).contains("No money with us");
        Invoice invoice = issue(other, 10_000);

        assertThat(owner.get("/account/invoices").expect(200).body())
                .contains(invoice.number(), "Due in", "€100.00");
        assertThat(owner.get("/account/invoices/" + invoice.id()).expect(200).body())
                .contains("Advice", "/account/invoices/" + invoice.id() + "/pay", "Billed to");
        assertThat(owner.get("/account/invoices/" + invoice.id() + "/pdf").expect(200).body())
                .startsWith("%PDF-");
        owner.get("/account/billing-details");
        assertThat(
                        owner.sendAndFollow(
                                        "/account/billing-details",
                                        Map.of("legal_name", "Engines & Co", "country", "AT"))
                                .body())
                .contains("Engines &amp; Co", "Saved");
        assertThat(
                        owner.send(
                                        "/account/billing-details",
                                        Map.of("country", "AT", "tax_id", "ATX"))
                                .expect(400)
                                .body())
                .contains("This is no VAT id");
    }

    @Test
    void operatorsDoItOnPagesToo() {
        Invoice invoice = issue(product.emptyAccount(), 10_000);
        PageClient staff = PageClient.signedIn(product, operator.email());
        String page = "/console/invoices/" + invoice.id();

        assertThat(staff.get("/console/invoices?search=" + invoice.number()).expect(200).body())
                .contains(invoice.number(), "€100.00");
        assertThat(staff.get(page).expect(200).body()).contains("Write credit note", "Void");
        assertThat(staff.get(page + "/credit-note").expect(200).body())
                .contains("goes back to the customer");
        assertThat(
                        staff.send(page + "/credit-note", Map.of("reason", "", "excess", "balance"))
                                .expect(400)
                                .body())
                .contains("Say why");
        assertThat(
                        staff.sendAndFollow(
                                        page + "/credit-note",
                                        Map.of(
                                                "amount", "5", "reason", "Late", "excess",
                                                "balance"))
                                .body())
                .contains("Credit note IGN-CN-", "€5.00");
        for (String path : List.of("/console/seller", "/console/tax-rates", "/console/exports")) {
            staff.get(path).expect(200);
        }
        staff.get("/console/tax-rates");
        assertThat(
                        staff.send(
                                        "/console/tax-rates",
                                        Map.of("country", "NO", "name", "MVA", "percent", "x"))
                                .expect(400)
                                .body())
                .contains("Write the percentage");
        assertThat(
                        staff.get("/console/exports/invoices.csv?from=2026-01-01&to=2999-12-31")
                                .expect(200)
                                .body())
                .contains(invoice.number());
    }

    private static Map<String, Object> with(Map<String, Object> body, String field, Object value) {
        Map<String, Object> changed = new HashMap<>(body);
        changed.put(field, value);
        return changed;
    }

    private static BodyPublisher json(Map<String, Object> body) {
        return BodyPublishers.ofString(Api.JSON.writeValueAsString(body));
    }
}
