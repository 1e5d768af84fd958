CREATE TABLE account (
    id             uuid PRIMARY KEY DEFAULT uuidv7(),
    name           text NOT NULL CHECK (length(name) BETWEEN 1 AND 120),
    slug           text NOT NULL UNIQUE,
    status         text NOT NULL
        CHECK (status IN ('trial', 'active', 'suspended', 'cancelled', 'pending_payment')),
    contact_email  text NOT NULL,
    is_system      boolean NOT NULL DEFAULT false,
    trial_ends_at  timestamptz,
    retention_days integer NOT NULL DEFAULT 14 CHECK (retention_days BETWEEN 1 AND 365),
    created_at     timestamptz NOT NULL DEFAULT now(),
    deleted_at     timestamptz,
    deleted_by     uuid REFERENCES app_user (id),
    restore_until  timestamptz,
    CHECK (status <> 'trial' OR trial_ends_at IS NOT NULL)
);
CREATE UNIQUE INDEX account_system ON account (is_system) WHERE is_system;
COMMENT ON TABLE account IS 'The tenant. Who owns it is said by its owner member, and only there';

-- The root of the tenant tables: its own id is the account
ALTER TABLE account ENABLE ROW LEVEL SECURITY;
ALTER TABLE account FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON account TO igny8_app
    USING (id = current_account_id()) WITH CHECK (id = current_account_id());
CREATE POLICY platform ON account TO igny8_platform USING (true) WITH CHECK (true);
GRANT SELECT, UPDATE ON account TO igny8_app;
GRANT SELECT, INSERT, UPDATE ON account TO igny8_platform;

CREATE TABLE member (
    account_id uuid NOT NULL REFERENCES account (id),
    id         uuid NOT NULL DEFAULT uuidv7(),
    user_id    uuid NOT NULL REFERENCES app_user (id),
    role       text NOT NULL CHECK (role IN ('viewer', 'editor', 'admin', 'owner')),
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (account_id, id),
    UNIQUE (account_id, user_id)
);
CREATE UNIQUE INDEX member_owner ON member (account_id) WHERE role = 'owner';
CREATE INDEX member_user ON member (user_id);
COMMENT ON TABLE member IS 'A user''s seat in an account; exactly one of them is the owner';
SELECT protect_tenant_table('member', 'SELECT, INSERT, UPDATE, DELETE');

CREATE TABLE audit_entry (
    account_id uuid NOT NULL REFERENCES account (id),
    id         uuid NOT NULL DEFAULT uuidv7(),
    actor_id   uuid,
    via        text NOT NULL,
    action     text NOT NULL,
    target     text NOT NULL,
    details    jsonb NOT NULL DEFAULT '{}',
    address    text,
    request_id text,
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (account_id, id)
);
COMMENT ON TABLE audit_entry IS 'Who did what to what, from where; append-only';
SELECT protect_tenant_table('audit_entry', 'SELECT, INSERT');
CREATE TRIGGER audit_entry_is_append_only BEFORE UPDATE OR DELETE ON audit_entry
    FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TABLE idempotent_request (
    account_id   uuid NOT NULL REFERENCES account (id),
    id           text NOT NULL CHECK (length(id) BETWEEN 1 AND 255),
    request_hash text NOT NULL,
    answer       bytea NOT NULL,
    created_at   timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (account_id, id)
);
COMMENT ON TABLE idempotent_request IS
    'The sealed first answer to a request, by the key its sender gave; kept 24 hours';
CREATE INDEX idempotent_request_age ON idempotent_request (created_at);
SELECT protect_tenant_table('idempotent_request', 'SELECT, INSERT, DELETE');

CREATE TABLE anonymous_request (
    id           text PRIMARY KEY CHECK (length(id) BETWEEN 1 AND 255),
    request_hash text NOT NULL,
    answer       bytea NOT NULL,
    created_at   timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX anonymous_request_age ON anonymous_request (created_at);
COMMENT ON TABLE anonymous_request IS
    'As idempotent_request, for senders who have no account yet: sign-ups';
GRANT SELECT, INSERT, DELETE ON anonymous_request TO igny8_platform;
