CREATE TABLE subscription (
    account_id           uuid NOT NULL REFERENCES account (id),
    id                   uuid NOT NULL DEFAULT uuidv7(),
    plan_id              uuid NOT NULL REFERENCES plan (id),
    plan_version_id      uuid NOT NULL,
    status               text NOT NULL CHECK (status IN
        ('pending_payment', 'trialing', 'active', 'past_due', 'canceled')),
    current_period_start timestamptz NOT NULL,
    current_period_end   timestamptz NOT NULL,
    cancel_at_period_end boolean NOT NULL DEFAULT false,
    external_payment_id  text,
    created_at           timestamptz NOT NULL,
    canceled_at          timestamptz,
    PRIMARY KEY (account_id, id),
    FOREIGN KEY (plan_id, plan_version_id) REFERENCES plan_version (plan_id, id),
    CHECK (current_period_end > current_period_start),
    CHECK ((status = 'canceled') = (canceled_at IS NOT NULL))
);
CREATE UNIQUE INDEX subscription_current ON subscription (account_id) WHERE status <> 'canceled';
COMMENT ON TABLE subscription IS 'An account on a version of a plan for a period; one is current';
SELECT protect_tenant_table('subscription', 'SELECT, INSERT, UPDATE');
