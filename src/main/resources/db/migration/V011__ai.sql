CREATE TABLE ai_call (
    account_id    uuid NOT NULL REFERENCES account (id),
    id            uuid NOT NULL DEFAULT uuidv7(),
    job_id        uuid NOT NULL,
    operation     text NOT NULL,
    provider      text NOT NULL,
    model         text NOT NULL,
    quantity      bigint NOT NULL CHECK (quantity >= 0),
    input_tokens  bigint CHECK (input_tokens >= 0),
    output_tokens bigint CHECK (output_tokens >= 0),
    credits       bigint NOT NULL CHECK (credits >= 0),
    latency_ms    bigint NOT NULL CHECK (latency_ms >= 0),
    outcome       text NOT NULL CHECK (outcome IN ('succeeded', 'failed')),
    created_at    timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (account_id, id),
    FOREIGN KEY (account_id, job_id) REFERENCES job (account_id, id)
);
COMMENT ON TABLE ai_call IS 'A call of a provider: what it was for, took, cost and came to';
SELECT protect_tenant_table('ai_call', 'SELECT, INSERT');
