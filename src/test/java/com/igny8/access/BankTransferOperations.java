package com.igny8.access;

import static com.igny8.access.Operation.operation;
import static com.igny8.access.Request.at;

import com.igny8.tenancy.Role;
import com.igny8.testing.World;
import com.igny8.testing.World.Thing;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Bank transfers: how customers pay so, and how operators find what came in. */
final class BankTransferOperations {
    private static final String PDF = "%PDF-1.7 a proof";
    private static final String STATEMENT = "date,amount\n2026-11-20,1.00\n";

    static final List<Operation> API =
            List.of(
                    operation(
                            "GET /api/v1/billing/invoices/{id}/bank-transfer/",
                            world -> at(world.id(Thing.INVOICE))),
                    operation(
                            "POST /api/v1/billing/invoices/{id}/bank-transfer/",
                            world -> at(world.id(Thing.INVOICE))),
                    operation(
                            "POST /api/v1/billing/invoices/{id}/bank-transfer/proof/",
                            world ->
                                    at(world.id(Thing.INVOICE)).upload(Map.of(), "proof.pdf", PDF)),
                    operation(
                                    "POST /api/v1/billing/confirm-bank-transfer/",
                                    world ->
                                            at().json(
                                                            Map.of(
                                                                    "account_id",
                                                                    world.accountId(),
                                                                    "invoice_id",
                                                                    invoice(world),
                                                                    "external_payment_id",
                                                                    UUID.randomUUID(),
                                                                    "amount",
                                                                    "100.00",
                                                                    "payer_name",
                                                                    "Ada Lovelace")))
                            .by(Principal.OPERATOR),
                    operation("GET /api/v1/console/bank-transfers/", world -> at()),
                    operation(
                                    "GET /api/v1/console/bank-transfers/{account}/{invoice}/proof/",
                                    world -> at(world.accountId(), announced(world)))
                            .by(Principal.OPERATOR)
                            .writtenDown(),
                    operation(
                                    "POST /api/v1/console/bank-transfers/{account}/{invoice}/decline/",
                                    world ->
                                            at(world.accountId(), announced(world))
                                                    .json(Map.of("reason", "A test")))
                            .by(Principal.OPERATOR),
                    operation(
                                    "POST /api/v1/console/bank-statements/",
                                    world -> at().upload(Map.of(), "statement.csv", STATEMENT))
                            .by(Principal.OPERATOR),
                    operation("GET /api/v1/console/bank-statements/lines/", world -> at()),
                    operation(
                                    "POST /api/v1/console/bank-statements/confirm/",
                                    world ->
                                            at().json(
                                                            Map.of(
                                                                    "items",
                                                                    List.of(
                                                                            Map.of(
                                                                                    "line",
                                                                                    line(world),
                                                                                    "invoice",
                                                                                    invoice(
                                                                                            world))))))
                            .by(Principal.OPERATOR),
                    operation(
                                    "POST /api/v1/console/bank-statements/lines/{id}/ignore/",
                                    world -> at(line(world)))
                            .by(Principal.OPERATOR));

    static final List<Operation> PAGES =
            List.of(
                    operation(
                            "GET /account/invoices/{id}/bank-transfer",
                            world -> at(world.id(Thing.INVOICE))),
                    operation(
                            "POST /account/invoices/{id}/bank-transfer",
                            world -> at(world.id(Thing.INVOICE)).form(Map.of())),
                    operation(
                            "POST /account/invoices/{id}/bank-transfer/proof",
                            world ->
                                    at(world.id(Thing.INVOICE)).upload(Map.of(), "proof.pdf", PDF)),
                    operation("GET /console/bank-transfers", world -> at()),
                    operation(
                            "GET /console/bank-transfers/{account}/{invoice}",
                            world -> at(world.accountId(), invoice(world))),
                    operation(
                                    "GET /console/bank-transfers/{account}/{invoice}/proof",
                                    world -> at(world.accountId(), announced(world)))
                            .by(Principal.OPERATOR)
                            .writtenDown(),
                    operation(
                                    "POST /console/bank-transfers/{account}/{invoice}/confirm",
                                    world ->
                                            at(world.accountId(), invoice(world))
                                                    .form(
                                                            Map.of(
                                                                    "external_payment_id",
                                                                    UUID.randomUUID(),
                                                                    "amount",
                                                                    "100.00",
                                                                    "period_months",
                                                                    "1",
                                                                    "payer_name",
                                                                    "Ada Lovelace")))
                            .by(Principal.OPERATOR),
                    operation(
                                    "POST /console/bank-transfers/{account}/{invoice}/decline",
                                    world ->
                                            at(world.accountId(), announced(world))
                                                    .form(Map.of("reason", "A test")))
                            .by(Principal.OPERATOR),
                    operation("GET /console/bank-statements", world -> at()),
                    operation(
                                    "POST /console/bank-statements/import",
                                    world -> at().upload(Map.of(), "statement.csv", STATEMENT))
                            .by(Principal.OPERATOR),
                    operation(
                                    "POST /console/bank-statements/confirm",
                                    world ->
                                            at().form(
                                                            Map.of(
                                                                    "chosen",
                                                                    line(world)
                                                                            + ":"
                                                                            + invoice(world))))
                            .by(Principal.OPERATOR),
                    operation(
                                    "POST /console/bank-statements/lines/{id}/ignore",
                                    world -> at(line(world)).form(Map.of()))
                            .by(Principal.OPERATOR));

    private BankTransferOperations() {}

    /** As operators name it, whosever it is. */
    private static UUID invoice(World world) {
        return (UUID) world.idForOperators(Thing.INVOICE);
    }

    /** An invoice whose customer says that it is paid. */
    private static UUID announced(World world) {
        UUID invoice = invoice(world);
        World.Person actor = world.actor();
        world.api(world.member(Role.OWNER))
                .upload(
                        "billing/invoices/%s/bank-transfer/proof/".formatted(invoice),
                        Map.of(),
                        "proof.pdf",
                        PDF.getBytes(StandardCharsets.UTF_8))
                .expect(200);
        world.actsAs(actor);
        return invoice;
    }

    private static UUID line(World world) {
        return world.product()
                .sql()
                .sql(
                        """
                        WITH statement AS (
                            INSERT INTO bank_statement (file_name, format, imported_by, imported_at)
                            VALUES ('matrix', 'csv', uuidv7(), now()) RETURNING id)
                        INSERT INTO bank_statement_line (statement_id, row, fingerprint, booked_on,
                            amount_minor, currency, payer_name, purpose)
                        SELECT id, 1, uuidv7()::text, '2026-11-20', 10000, 'USD', 'Ada', 'Matrix'
                          FROM statement
                        RETURNING id
                        """)
                .query(UUID.class)
                .single();
    }
}
