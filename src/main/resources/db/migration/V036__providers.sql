-- Money that providers move for us, and what they tell of it.

CREATE TABLE payment_option (
    type       text PRIMARY KEY CHECK (type IN ('stripe', 'paypal', 'bank_transfer')),
    is_on      boolean NOT NULL,
    changed_at timestamptz NOT NULL DEFAULT now(),
    changed_by uuid
);
COMMENT ON TABLE payment_option IS
    'The ways to pay that the operator offers; a provider without keys is not offered all the same';
INSERT INTO payment_option (type, is_on)
VALUES ('stripe', true), ('paypal', true), ('bank_transfer', true);
GRANT SELECT ON payment_option TO igny8_app;
GRANT SELECT, UPDATE ON payment_option TO igny8_platform;

ALTER TABLE payment
    ADD COLUMN attempt            text,
    ADD COLUMN checkout_reference text,
    ADD COLUMN begun_at           timestamptz NOT NULL DEFAULT now(),
    ADD COLUMN next_look_at       timestamptz,
    ADD COLUMN may_retry          boolean NOT NULL DEFAULT true;
CREATE UNIQUE INDEX payment_attempt ON payment (account_id, invoice_id, attempt);
CREATE UNIQUE INDEX payment_charge_under_way ON payment (account_id, invoice_id)
    WHERE status = 'pending' AND attempt IS NOT NULL;
CREATE INDEX payment_unsettled ON payment (next_look_at) WHERE status = 'pending';
COMMENT ON COLUMN payment.attempt IS
    'Which try to charge what a provider keeps: one payment for each; null where the customer pays';
COMMENT ON COLUMN payment.begun_at IS
    'In real time, whatever the account''s clock says: providers know of no other';

ALTER TABLE refund
    ADD COLUMN begun_at     timestamptz NOT NULL DEFAULT now(),
    ADD COLUMN next_look_at timestamptz;
CREATE INDEX refund_unsettled ON refund (next_look_at) WHERE status = 'pending';

CREATE TABLE dispute (
    account_id         uuid NOT NULL,
    id                 uuid NOT NULL DEFAULT uuidv7(),
    payment_id         uuid NOT NULL,
    provider_reference text NOT NULL,
    status             text NOT NULL CHECK (status IN ('open', 'won', 'lost')),
    amount_minor       bigint NOT NULL CHECK (amount_minor > 0),
    currency           text NOT NULL,
    reason             text NOT NULL,
    opened_at          timestamptz NOT NULL,
    closed_at          timestamptz,
    PRIMARY KEY (account_id, id),
    FOREIGN KEY (account_id, payment_id) REFERENCES payment (account_id, id),
    CHECK ((status = 'open') = (closed_at IS NULL))
);
CREATE UNIQUE INDEX dispute_reference ON dispute (account_id, payment_id, provider_reference);
COMMENT ON TABLE dispute IS
    'A customer, or their bank, wants a payment back; lost, it is refunded, won, it stays';
SELECT protect_tenant_table('dispute', 'SELECT, INSERT, UPDATE');

CREATE TABLE provider_event (
    id                   uuid PRIMARY KEY DEFAULT uuidv7(),
    provider             text NOT NULL CHECK (provider IN ('stripe', 'paypal')),
    event_id             text NOT NULL CHECK (length(event_id) BETWEEN 1 AND 255),
    type                 text NOT NULL CHECK (length(type) BETWEEN 1 AND 255),
    payload              bytea NOT NULL,
    status               text NOT NULL DEFAULT 'waiting'
        CHECK (status IN ('waiting', 'processed', 'ignored', 'failed')),
    attempts             integer NOT NULL DEFAULT 0,
    next_attempt_at      timestamptz NOT NULL DEFAULT now(),
    last_error           text,
    concerned_account_id uuid,
    happened_at          timestamptz NOT NULL,
    received_at          timestamptz NOT NULL DEFAULT now(),
    settled_at           timestamptz,
    UNIQUE (provider, event_id),
    CHECK ((status IN ('processed', 'ignored')) = (settled_at IS NOT NULL))
);
CREATE INDEX provider_event_due ON provider_event (next_attempt_at) WHERE status = 'waiting';
CREATE INDEX provider_event_latest ON provider_event (received_at DESC);
COMMENT ON TABLE provider_event IS
    'What providers sent to our webhooks: stored before it is acted upon, once however often it is
     sent; the payload is sealed, people stand in it. Ignored are those about nothing of ours';
GRANT SELECT, INSERT, UPDATE, DELETE ON provider_event TO igny8_platform;
