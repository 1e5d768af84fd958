-- Whoever acts for an API key: never a person, never signed in, never listed.
ALTER TABLE app_user ADD COLUMN is_bot boolean NOT NULL DEFAULT false;
ALTER TABLE app_user ADD CHECK (NOT is_bot OR NOT (is_active OR is_operator));
CREATE UNIQUE INDEX app_user_bot ON app_user (is_bot) WHERE is_bot;
INSERT INTO app_user (id, email, password_hash, first_name, is_active, is_bot)
VALUES ('00000000-0000-7000-8000-000000000b07', 'system-bot@igny8.invalid', '{none}', 'system_bot',
        false, true);

CREATE TABLE api_key (
    account_id        uuid NOT NULL REFERENCES account (id),
    id                text NOT NULL UNIQUE CHECK (id ~ '^[0-9A-Za-z]{12}$'),
    name              text NOT NULL CHECK (length(name) BETWEEN 1 AND 120),
    site_id           uuid NOT NULL,
    scopes            text[] NOT NULL CHECK (cardinality(scopes) > 0),
    secret_hash       bytea NOT NULL CHECK (length(secret_hash) = 32),
    previous_hash     bytea CHECK (length(previous_hash) = 32),
    previous_until    timestamptz,
    created_by        uuid NOT NULL,
    created_at        timestamptz NOT NULL,
    expires_at        timestamptz,
    last_used_at      timestamptz,
    last_used_address text,
    revoked_at        timestamptz,
    PRIMARY KEY (account_id, id),
    FOREIGN KEY (account_id, site_id) REFERENCES site (account_id, id),
    CHECK ((previous_hash IS NULL) = (previous_until IS NULL))
);
COMMENT ON TABLE api_key IS
    'Lets a program reach one site; kept as a hash, and after a rotation as two for a while';
SELECT protect_tenant_table('api_key', 'SELECT, INSERT, UPDATE');

ALTER TABLE job ADD COLUMN created_by_key text;
ALTER TABLE job ADD FOREIGN KEY (account_id, created_by_key) REFERENCES api_key (account_id, id);
COMMENT ON COLUMN job.created_by_key IS 'The API key that asked for it; null for people';
