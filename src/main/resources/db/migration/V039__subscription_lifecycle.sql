-- What falls due for subscriptions, and who is at it.

ALTER TABLE subscription
    ADD COLUMN next_due_at           timestamptz,
    ADD COLUMN claimed_until         timestamptz,
    ADD COLUMN notices_sent          integer NOT NULL DEFAULT 0 CHECK (notices_sent >= 0),
    ADD COLUMN next_billing_interval text CHECK (next_billing_interval IN ('month', 'year')),
    ADD CHECK ((next_plan_id IS NULL) = (next_billing_interval IS NULL));
UPDATE subscription SET next_due_at = current_period_end WHERE status <> 'canceled';
DROP INDEX subscription_due;
CREATE INDEX subscription_due ON subscription (next_due_at) WHERE next_due_at IS NOT NULL;
COMMENT ON COLUMN subscription.next_due_at IS
    'When something is to be done for it next, by the account''s clock; null where nothing is';
COMMENT ON COLUMN subscription.claimed_until IS
    'A node is at it: until then no other takes it; if the node dies, another does afterwards';
COMMENT ON COLUMN subscription.notices_sent IS
    'How many of the letters that announce the end of the period went out';

CREATE TABLE credit_pack_order (
    account_id   uuid NOT NULL,
    id           uuid NOT NULL DEFAULT uuidv7(),
    invoice_id   uuid NOT NULL,
    slug         text NOT NULL,
    credits      bigint NOT NULL CHECK (credits > 0),
    valid_months integer NOT NULL CHECK (valid_months > 0),
    granted_at   timestamptz,
    PRIMARY KEY (account_id, id),
    UNIQUE (account_id, invoice_id),
    FOREIGN KEY (account_id, invoice_id) REFERENCES invoice (account_id, id)
);
COMMENT ON TABLE credit_pack_order IS
    'Credits that were ordered beside a plan: as they were sold, whatever the pack is like now';
SELECT protect_tenant_table('credit_pack_order', 'SELECT, INSERT, UPDATE');
