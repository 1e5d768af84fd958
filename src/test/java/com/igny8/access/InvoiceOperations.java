package com.igny8.access;

import static com.igny8.access.Operation.operation;
import static com.igny8.access.Request.at;

import com.igny8.invoice.Invoice;
import com.igny8.invoice.InvoiceLine;
import com.igny8.invoice.Invoices;
import com.igny8.invoice.NewInvoice;
import com.igny8.kernel.Money;
import com.igny8.mail.Message;
import com.igny8.mail.Outbox;
import com.igny8.testing.World;
import com.igny8.testing.World.Thing;

import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What is owed, for customers and for operators. */
final class InvoiceOperations {
    private static final String BILLING = "/api/v1/billing/";
    private static final String CONSOLE = "/api/v1/console/";

    private static final Map<String, String> REASON = Map.of("reason", "A test");
    private static final Map<String, String> CREDIT =
            Map.of("amount", "1.00", "excess", "balance", "reason", "A test");
    private static final Map<String, String> RATE =
            Map.of("country", "TV", "name", "VAT", "percent", "5");

    static final List<Operation> API =
            List.of(
                    operation("GET " + BILLING + "profile/", world -> at()),
                    operation(
                            "PATCH " + BILLING + "profile/",
                            world -> at().json(Map.of("city", "London"))),
                    operation("GET " + BILLING + "invoices/", world -> at()),
                    operation(
                            "GET " + BILLING + "invoices/{id}/",
                            world -> at(world.id(Thing.INVOICE))),
                    operation(
                            "GET " + BILLING + "invoices/{id}/pdf/",
                            world -> at(world.id(Thing.INVOICE))),
                    operation("GET " + BILLING + "credit-notes/", world -> at()),
                    operation(
                            "GET " + BILLING + "credit-notes/{id}/pdf/",
                            world -> at(world.id(Thing.CREDIT_NOTE))),
                    operation("GET " + BILLING + "balance/", world -> at()),
                    operation("GET " + CONSOLE + "invoices/", world -> at()).by(Principal.OPERATOR),
                    operation(
                                    "GET " + CONSOLE + "invoices/{id}/",
                                    world -> at(world.idForOperators(Thing.INVOICE)))
                            .by(Principal.OPERATOR),
                    operation(
                                    "GET " + CONSOLE + "invoices/{id}/pdf/",
                                    world -> at(world.idForOperators(Thing.INVOICE)))
                            .by(Principal.OPERATOR),
                    operation(
                                    "POST " + CONSOLE + "invoices/{id}/void/",
                                    world -> at(unpaid(world)).json(REASON))
                            .by(Principal.OPERATOR),
                    operation(
                                    "POST " + CONSOLE + "invoices/{id}/uncollectible/",
                                    world -> at(unpaid(world)).json(REASON))
                            .by(Principal.OPERATOR),
                    operation(
                                    "POST " + CONSOLE + "invoices/{id}/credit-notes/",
                                    world -> at(world.idForOperators(Thing.INVOICE)).json(CREDIT))
                            .by(Principal.OPERATOR),
                    operation("GET " + CONSOLE + "seller/", world -> at()).by(Principal.OPERATOR),
                    operation(
                                    "PUT " + CONSOLE + "seller/",
                                    world ->
                                            at().json(
                                                            Map.of(
                                                                    "name",
                                                                    "IGNY8",
                                                                    "invoice_prefix",
                                                                    "IGN",
                                                                    "days_to_pay",
                                                                    7)))
                            .by(Principal.OPERATOR),
                    operation("GET " + CONSOLE + "tax-rates/", world -> at())
                            .by(Principal.OPERATOR),
                    operation(
                                    "POST " + CONSOLE + "tax-rates/",
                                    world ->
                                            at().json(
                                                            Map.of(
                                                                    "country",
                                                                    "TV",
                                                                    "name",
                                                                    "VAT",
                                                                    "percent",
                                                                    "5",
                                                                    "is_inclusive",
                                                                    true)))
                            .by(Principal.OPERATOR),
                    operation(
                                    "DELETE " + CONSOLE + "tax-rates/{id}/",
                                    world -> at(rateToCome(world)))
                            .by(Principal.OPERATOR),
                    operation("GET " + CONSOLE + "exports/invoices/", world -> at())
                            .by(Principal.OPERATOR),
                    operation("GET " + CONSOLE + "exports/payments/", world -> at())
                            .by(Principal.OPERATOR),
                    operation("GET " + CONSOLE + "exports/revenue/", world -> at())
                            .by(Principal.OPERATOR));

    static final List<Operation> PAGES =
            List.of(
                    operation("GET /account/invoices", world -> at()),
                    operation("GET /account/invoices/{id}", world -> at(world.id(Thing.INVOICE))),
                    operation(
                            "GET /account/invoices/{id}/pdf", world -> at(world.id(Thing.INVOICE))),
                    operation(
                            "GET /account/credit-notes/{id}/pdf",
                            world -> at(world.id(Thing.CREDIT_NOTE))),
                    operation("GET /account/balance", world -> at()),
                    operation("GET /account/billing-details", world -> at()),
                    operation(
                            "POST /account/billing-details",
                            world -> at().form(Map.of("city", "London"))),
                    operation("GET /console/invoices", world -> at()),
                    operation(
                            "GET /console/invoices/{id}",
                            world -> at(world.idForOperators(Thing.INVOICE))),
                    operation(
                            "GET /console/invoices/{id}/pdf",
                            world -> at(world.idForOperators(Thing.INVOICE))),
                    operation(
                            "GET /console/credit-notes/{id}/pdf",
                            world -> at(world.idForOperators(Thing.CREDIT_NOTE))),
                    operation(
                            "GET /console/invoices/{id}/{path}",
                            world -> at(world.idForOperators(Thing.INVOICE), "credit-note")),
                    operation(
                                    "POST /console/invoices/{id}/{path}",
                                    world ->
                                            at(world.idForOperators(Thing.INVOICE), "credit-note")
                                                    .form(CREDIT))
                            .by(Principal.OPERATOR),
                    operation("GET /console/seller", world -> at()),
                    operation(
                                    "POST /console/seller",
                                    world ->
                                            at().form(
                                                            Map.of(
                                                                    "name",
                                                                    "IGNY8",
                                                                    "invoice_prefix",
                                                                    "IGN",
                                                                    "days_to_pay",
                                                                    7)))
                            .by(Principal.OPERATOR),
                    operation("GET /console/tax-rates", world -> at()),
                    operation("POST /console/tax-rates", world -> at().form(RATE))
                            .by(Principal.OPERATOR),
                    operation(
                                    "POST /console/tax-rates/{id}/withdraw",
                                    world -> at(rateToCome(world)).form(Map.of()))
                            .by(Principal.OPERATOR),
                    operation("GET /console/exports", world -> at()),
                    operation("GET /console/exports/invoices.csv", world -> days()),
                    operation("GET /console/exports/payments.csv", world -> days()),
                    operation("GET /console/exports/revenue.csv", world -> days()),
                    operation("GET /console/mails/{id}", world -> at(letter(world))),
                    operation("GET /console/mails/samples", world -> at()),
                    operation(
                            "GET /console/mails/samples/{template}", world -> at("invoice_issued")),
                    operation(
                            "GET /console/mails/samples/{template}/letter",
                            world -> at("invoice_issued")));

    private InvoiceOperations() {}

    private static Request days() {
        return at().query("from", "2026-01-01").query("to", "2026-01-31");
    }

    private static UUID unpaid(World world) {
        var order =
                new NewInvoice(
                        Invoice.Purpose.MANUAL,
                        null,
                        null,
                        "EUR",
                        List.of(InvoiceLine.of("Test", 1, new Money(100, "EUR"))));
        return world.inside(() -> world.product().bean(Invoices.class).issue(order)).id();
    }

    private static UUID rateToCome(World world) {
        return world.product()
                .sql()
                .sql(
                        """
                        INSERT INTO tax_rate (country, name, percent, is_inclusive, effective_from)
                        VALUES ('TV', 'VAT', 5, true, '2999-01-01'::timestamptz
                            + random() * interval '1000 years')
                        RETURNING id
                        """)
                .query(UUID.class)
                .single();
    }

    private static UUID letter(World world) {
        String recipient = UUID.randomUUID() + "@example.com";
        world.product()
                .bean(Outbox.class)
                .post(Message.to(recipient, "test", "Test").say("Hello,"));
        return world.product()
                .sql()
                .sql("SELECT id FROM mail WHERE recipient = ?")
                .param(recipient)
                .query(UUID.class)
                .single();
    }
}
