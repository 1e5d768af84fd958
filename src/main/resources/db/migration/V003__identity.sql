CREATE TABLE app_user (
    id                uuid PRIMARY KEY DEFAULT uuidv7(),
    email             text NOT NULL CHECK (length(email) <= 254),
    password_hash     text NOT NULL,
    first_name        text NOT NULL DEFAULT '',
    last_name         text NOT NULL DEFAULT '',
    is_operator       boolean NOT NULL DEFAULT false,
    is_active         boolean NOT NULL DEFAULT true,
    email_verified_at timestamptz,
    created_at        timestamptz NOT NULL DEFAULT now()
);
CREATE UNIQUE INDEX app_user_email ON app_user (lower(email));
COMMENT ON TABLE app_user IS 'A person who signs in by email; seats in accounts are member rows';

CREATE TABLE web_session (
    id                uuid PRIMARY KEY DEFAULT uuidv7(),
    token_hash        bytea NOT NULL UNIQUE,
    user_id           uuid NOT NULL REFERENCES app_user (id) ON DELETE CASCADE,
    acting_account_id uuid,
    user_agent        text NOT NULL,
    address           text NOT NULL,
    created_at        timestamptz NOT NULL,
    last_seen_at      timestamptz NOT NULL,
    expires_at        timestamptz NOT NULL,
    revoked_at        timestamptz
);
CREATE INDEX web_session_user ON web_session (user_id);
COMMENT ON TABLE web_session IS 'A browser that is signed in; the cookie is kept as a hash only';

CREATE TABLE refresh_token (
    id                uuid PRIMARY KEY DEFAULT uuidv7(),
    family_id         uuid NOT NULL,
    token_hash        bytea NOT NULL UNIQUE,
    user_id           uuid NOT NULL REFERENCES app_user (id) ON DELETE CASCADE,
    acting_account_id uuid,
    created_at        timestamptz NOT NULL,
    expires_at        timestamptz NOT NULL,
    rotated_at        timestamptz,
    revoked_at        timestamptz
);
CREATE INDEX refresh_token_family ON refresh_token (family_id);
CREATE INDEX refresh_token_user ON refresh_token (user_id);
COMMENT ON TABLE refresh_token IS
    'One link of a chain of rotated tokens; its use after rotation revokes the family';

CREATE TABLE signing_key (
    id           text PRIMARY KEY,
    sealed_key   bytea NOT NULL,
    created_at   timestamptz NOT NULL,
    retires_at   timestamptz NOT NULL
);
COMMENT ON TABLE signing_key IS
    'Keys that sign access tokens, private part sealed; the youngest signs, the unretired verify';

CREATE TABLE email_verification (
    token_hash bytea PRIMARY KEY,
    user_id    uuid NOT NULL REFERENCES app_user (id) ON DELETE CASCADE,
    email      text NOT NULL,
    expires_at timestamptz NOT NULL,
    used_at    timestamptz
);
COMMENT ON TABLE email_verification IS 'A link mailed to prove that an address is read';

GRANT SELECT, INSERT, UPDATE, DELETE
    ON app_user, web_session, refresh_token, signing_key, email_verification TO igny8_platform;
