CREATE TABLE invitation (
    account_id  uuid NOT NULL REFERENCES account (id),
    id          uuid NOT NULL DEFAULT uuidv7(),
    email       text NOT NULL CHECK (length(email) <= 254),
    role        text NOT NULL CHECK (role IN ('viewer', 'editor', 'admin')),
    site_ids    uuid[] NOT NULL DEFAULT '{}',
    token_hash  bytea NOT NULL UNIQUE,
    invited_by  uuid NOT NULL REFERENCES app_user (id),
    created_at  timestamptz NOT NULL,
    sent_at     timestamptz NOT NULL,
    expires_at  timestamptz NOT NULL,
    accepted_at timestamptz,
    accepted_by uuid REFERENCES app_user (id),
    revoked_at  timestamptz,
    PRIMARY KEY (account_id, id),
    CHECK ((accepted_at IS NULL) = (accepted_by IS NULL)),
    CHECK (accepted_at IS NULL OR revoked_at IS NULL)
);
CREATE UNIQUE INDEX invitation_open ON invitation (account_id, lower(email))
    WHERE accepted_at IS NULL AND revoked_at IS NULL;
COMMENT ON TABLE invitation IS
    'A seat offered to an address by a link, kept as a hash; the owner''s seat cannot be offered';
COMMENT ON COLUMN invitation.site_ids IS 'What they are let into once they accept';
SELECT protect_tenant_table('invitation', 'SELECT, INSERT, UPDATE');

ALTER TABLE member ADD COLUMN last_used_at timestamptz;
COMMENT ON COLUMN member.last_used_at IS
    'When its user last chose this account: signing in leads to the latest';

-- Access is for members, and goes with the seat
ALTER TABLE site_access ADD CONSTRAINT site_access_member
    FOREIGN KEY (account_id, user_id) REFERENCES member (account_id, user_id) ON DELETE CASCADE;
CREATE INDEX site_access_user ON site_access (account_id, user_id);
