CREATE TABLE credit_balance (
    account_id    uuid PRIMARY KEY REFERENCES account (id),
    balance       bigint NOT NULL DEFAULT 0 CHECK (balance >= 0),
    held          bigint NOT NULL DEFAULT 0 CHECK (held >= 0),
    last_entry_id bigint NOT NULL DEFAULT 0,
    CHECK (balance >= held)
);
COMMENT ON TABLE credit_balance IS
    'The running totals of an account''s ledger; whoever changes it holds the account''s lock';
SELECT protect_tenant_table('credit_balance', 'SELECT, INSERT, UPDATE');

CREATE TABLE credit_entry (
    account_id      uuid NOT NULL REFERENCES account (id),
    id              bigint NOT NULL CHECK (id > 0),
    type            text NOT NULL CHECK (type IN
        ('grant', 'subscription', 'purchase', 'deduction', 'refund', 'adjustment', 'expiry')),
    amount          bigint NOT NULL CHECK (amount <> 0),
    balance_after   bigint NOT NULL CHECK (balance_after >= 0),
    operation       text,
    reference       text,
    idempotency_key text,
    description     text NOT NULL,
    metadata        jsonb NOT NULL DEFAULT '{}',
    user_id         uuid,
    created_at      timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (account_id, id),
    CHECK ((type IN ('deduction', 'expiry')) <= (amount < 0)),
    CHECK ((type IN ('grant', 'subscription', 'purchase', 'refund')) <= (amount > 0))
);
CREATE UNIQUE INDEX credit_entry_idempotency ON credit_entry (account_id, idempotency_key)
    WHERE idempotency_key IS NOT NULL;
COMMENT ON TABLE credit_entry IS
    'The ledger: id counts 1, 2, 3 … within an account, so that a gap would show; append-only';
SELECT protect_tenant_table('credit_entry', 'SELECT, INSERT');
CREATE TRIGGER credit_entry_is_append_only BEFORE UPDATE OR DELETE ON credit_entry
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER credit_entry_is_never_truncated BEFORE TRUNCATE ON credit_entry
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TABLE credit_grant (
    account_id uuid NOT NULL,
    id         uuid NOT NULL DEFAULT uuidv7(),
    entry_id   bigint NOT NULL,
    source     text NOT NULL,
    amount     bigint NOT NULL CHECK (amount > 0),
    remaining  bigint NOT NULL CHECK (remaining BETWEEN 0 AND amount),
    priority   smallint NOT NULL,
    expires_at timestamptz,
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (account_id, id),
    FOREIGN KEY (account_id, entry_id) REFERENCES credit_entry (account_id, id)
);
CREATE INDEX credit_grant_usable ON credit_grant (account_id, priority, expires_at, id)
    WHERE remaining > 0;
COMMENT ON TABLE credit_grant IS 'Credits that came in together, and what is left of them';
SELECT protect_tenant_table('credit_grant', 'SELECT, INSERT, UPDATE');

CREATE TABLE credit_hold (
    account_id  uuid NOT NULL REFERENCES account (id),
    id          uuid NOT NULL DEFAULT uuidv7(),
    amount      bigint NOT NULL CHECK (amount > 0),
    captured    bigint NOT NULL DEFAULT 0 CHECK (captured >= 0),
    status      text NOT NULL DEFAULT 'held' CHECK (status IN ('held', 'captured', 'released')),
    operation   text NOT NULL,
    reference   text NOT NULL,
    entry_id    bigint,
    expires_at  timestamptz NOT NULL,
    created_at  timestamptz NOT NULL,
    settled_at  timestamptz,
    PRIMARY KEY (account_id, id),
    FOREIGN KEY (account_id, entry_id) REFERENCES credit_entry (account_id, id),
    CHECK ((status = 'held') = (settled_at IS NULL)),
    CHECK ((status = 'captured') = (entry_id IS NOT NULL))
);
CREATE INDEX credit_hold_open ON credit_hold (expires_at) WHERE status = 'held';
COMMENT ON TABLE credit_hold IS 'Credits reserved for work under way; settled once, one way';
SELECT protect_tenant_table('credit_hold', 'SELECT, INSERT, UPDATE');
