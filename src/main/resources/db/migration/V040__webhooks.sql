-- What happens here, told to addresses that customers and operators name.

CREATE TABLE webhook_event (
    id                   uuid PRIMARY KEY DEFAULT uuidv7(),
    concerned_account_id uuid NOT NULL,
    type                 text NOT NULL CHECK (length(type) BETWEEN 1 AND 100),
    data                 text NOT NULL,
    happened_at          timestamptz NOT NULL,
    recorded_at          timestamptz NOT NULL
);
COMMENT ON TABLE webhook_event IS
    'What happened and nobody has been told of yet: written in the transaction in which it does,
     gone moments later, when a delivery is there for each endpoint that asked for it';
COMMENT ON COLUMN webhook_event.happened_at IS 'By the account''s clock; recorded_at is real time';
GRANT INSERT ON webhook_event TO igny8_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON webhook_event TO igny8_platform;

CREATE TABLE webhook_endpoint (
    account_id            uuid NOT NULL REFERENCES account (id),
    id                    uuid NOT NULL DEFAULT uuidv7(),
    url                   text NOT NULL CHECK (length(url) BETWEEN 1 AND 500),
    description           text NOT NULL CHECK (length(description) <= 200),
    event_types           text[] NOT NULL,
    paused_because        text CHECK (paused_because IN ('asked', 'gone', 'failing')),
    secret                bytea NOT NULL,
    previous_secret       bytea,
    previous_secret_until timestamptz,
    failing_since         timestamptz,
    created_at            timestamptz NOT NULL,
    PRIMARY KEY (account_id, id),
    CHECK ((previous_secret IS NULL) = (previous_secret_until IS NULL))
);
COMMENT ON TABLE webhook_endpoint IS
    'An address that is told of events: of its own account''s, or, where it is the operator''s, of
     those of all accounts';
COMMENT ON COLUMN webhook_endpoint.event_types IS 'What it is told of; all there is where empty';
COMMENT ON COLUMN webhook_endpoint.paused_because IS 'Null while it is told of events';
COMMENT ON COLUMN webhook_endpoint.failing_since IS
    'The first try that failed after the last that did not; null where the last did not';
SELECT protect_tenant_table('webhook_endpoint', 'SELECT, INSERT, UPDATE, DELETE');

CREATE TABLE webhook_delivery (
    account_id           uuid NOT NULL,
    id                   uuid NOT NULL DEFAULT uuidv7(),
    endpoint_id          uuid NOT NULL,
    event_id             uuid NOT NULL,
    event_type           text NOT NULL,
    concerned_account_id uuid NOT NULL,
    data                 text NOT NULL,
    happened_at          timestamptz NOT NULL,
    status               text NOT NULL DEFAULT 'waiting'
        CHECK (status IN ('waiting', 'delivered', 'failed')),
    attempts             integer NOT NULL DEFAULT 0 CHECK (attempts >= 0),
    due_at               timestamptz NOT NULL,
    worker               text,
    created_at           timestamptz NOT NULL,
    settled_at           timestamptz,
    PRIMARY KEY (account_id, id),
    FOREIGN KEY (account_id, endpoint_id) REFERENCES webhook_endpoint (account_id, id)
        ON DELETE CASCADE,
    CHECK ((status = 'waiting') = (settled_at IS NULL)),
    CHECK (worker IS NULL OR status = 'waiting')
);
CREATE INDEX webhook_delivery_due ON webhook_delivery (account_id, endpoint_id, due_at)
    WHERE status = 'waiting';
CREATE INDEX webhook_delivery_under_way ON webhook_delivery (account_id, endpoint_id)
    WHERE worker IS NOT NULL;
CREATE INDEX webhook_delivery_of_endpoint
    ON webhook_delivery (account_id, endpoint_id, created_at DESC);
CREATE INDEX webhook_delivery_age ON webhook_delivery (created_at);
COMMENT ON TABLE webhook_delivery IS
    'An event on its way to an endpoint, or what became of it; kept for 30 days';
COMMENT ON COLUMN webhook_delivery.attempts IS 'Since it was last asked for: sending again begins anew';
COMMENT ON COLUMN webhook_delivery.worker IS
    'The node that is at it, until due_at; if the node dies, another takes it afterwards';
COMMENT ON COLUMN webhook_delivery.concerned_account_id IS
    'Whose event it is: not the endpoint''s account where that is the operator''s';
SELECT protect_tenant_table('webhook_delivery', 'SELECT, INSERT, UPDATE');

CREATE TABLE webhook_attempt (
    account_id      uuid NOT NULL,
    id              uuid NOT NULL DEFAULT uuidv7(),
    delivery_id     uuid NOT NULL,
    attempted_at    timestamptz NOT NULL,
    duration_millis bigint NOT NULL CHECK (duration_millis >= 0),
    status          integer,
    response        text NOT NULL CHECK (length(response) <= 2048),
    failure         text,
    PRIMARY KEY (account_id, id),
    FOREIGN KEY (account_id, delivery_id) REFERENCES webhook_delivery (account_id, id)
        ON DELETE CASCADE,
    CHECK ((status IS NULL) = (failure IS NOT NULL))
);
CREATE INDEX webhook_attempt_of_delivery ON webhook_attempt (account_id, delivery_id);
COMMENT ON TABLE webhook_attempt IS
    'One try to deliver an event: the answer and how it began, or why there was none';
SELECT protect_tenant_table('webhook_attempt', 'SELECT, INSERT');
