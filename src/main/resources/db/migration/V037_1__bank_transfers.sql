CREATE TABLE bank_transfer (
    account_id      uuid NOT NULL,
    id              uuid NOT NULL DEFAULT uuidv7(),
    invoice_id      uuid NOT NULL,
    reference       text NOT NULL UNIQUE CHECK (reference ~ '^[2-9A-HJKMNP-Z]{9}$'),
    proof_name      text CHECK (length(proof_name) BETWEEN 1 AND 120),
    proof_type      text CHECK (proof_type IN ('application/pdf', 'image/png', 'image/jpeg')),
    proof           bytea CHECK (length(proof) <= 6000000),
    announced_at    timestamptz,
    declined_at     timestamptz,
    declined_reason text CHECK (length(declined_reason) BETWEEN 1 AND 500),
    created_at      timestamptz NOT NULL,
    PRIMARY KEY (account_id, id),
    UNIQUE (account_id, invoice_id),
    FOREIGN KEY (account_id, invoice_id) REFERENCES invoice (account_id, id),
    CHECK ((proof IS NULL) = (announced_at IS NULL) AND (proof IS NULL) = (proof_name IS NULL)
           AND (proof IS NULL) = (proof_type IS NULL)),
    CHECK ((declined_at IS NULL) = (declined_reason IS NULL))
);
CREATE INDEX bank_transfer_announced ON bank_transfer (announced_at)
    WHERE announced_at IS NOT NULL AND declined_at IS NULL;
COMMENT ON TABLE bank_transfer IS
    'A transfer that an invoice may be paid by, from its reference on; the proof is sealed';
SELECT protect_tenant_table('bank_transfer', 'SELECT, INSERT, UPDATE');
GRANT DELETE ON bank_transfer TO igny8_platform;

CREATE TABLE bank_confirmation (
    account_id          uuid NOT NULL,
    id                  uuid NOT NULL DEFAULT uuidv7(),
    external_payment_id text NOT NULL UNIQUE CHECK (length(external_payment_id) BETWEEN 1 AND 100),
    request_hash        text NOT NULL,
    answer              jsonb NOT NULL,
    payment_id          uuid NOT NULL,
    confirmed_by        uuid NOT NULL,
    created_at          timestamptz NOT NULL,
    PRIMARY KEY (account_id, id),
    FOREIGN KEY (account_id, payment_id) REFERENCES payment (account_id, id)
);
COMMENT ON TABLE bank_confirmation IS
    'What an operator was answered who confirmed a transfer; whoever confirms it again is told so';
SELECT protect_tenant_table('bank_confirmation', 'SELECT, INSERT');
GRANT DELETE ON bank_confirmation TO igny8_platform;

CREATE TABLE bank_statement (
    id          uuid PRIMARY KEY DEFAULT uuidv7(),
    file_name   text NOT NULL CHECK (length(file_name) BETWEEN 1 AND 120),
    format      text NOT NULL CHECK (format IN ('camt_csv', 'mt940', 'csv')),
    imported_by uuid NOT NULL,
    imported_at timestamptz NOT NULL
);
COMMENT ON TABLE bank_statement IS 'A file of the operator''s bank that was read';
GRANT SELECT, INSERT, DELETE ON bank_statement TO igny8_platform;

CREATE TABLE bank_statement_line (
    id             uuid PRIMARY KEY DEFAULT uuidv7(),
    statement_id   uuid NOT NULL REFERENCES bank_statement (id) ON DELETE CASCADE,
    row            integer NOT NULL CHECK (row > 0),
    fingerprint    text NOT NULL UNIQUE,
    booked_on      date NOT NULL,
    amount_minor   bigint NOT NULL CHECK (amount_minor > 0),
    currency       text NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
    payer_name     text NOT NULL CHECK (length(payer_name) <= 200),
    purpose        text NOT NULL CHECK (length(purpose) <= 500),
    status         text NOT NULL DEFAULT 'open' CHECK (status IN ('open', 'confirmed', 'ignored')),
    settled_by     uuid,
    settled_at     timestamptz,
    CHECK ((status = 'open') = (settled_at IS NULL) AND (status = 'open') = (settled_by IS NULL))
);
CREATE INDEX bank_statement_line_open ON bank_statement_line (booked_on, id) WHERE status = 'open';
CREATE INDEX bank_statement_line_statement ON bank_statement_line (statement_id);
COMMENT ON TABLE bank_statement_line IS
    'Money that came into the operator''s bank account; whose it is, is found out. The fingerprint
     tells a line that was imported before';
GRANT SELECT, INSERT, UPDATE, DELETE ON bank_statement_line TO igny8_platform;
