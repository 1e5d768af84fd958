-- Whence a program that holds tokens was last heard of, and since when it is signed in.
ALTER TABLE refresh_token
    ADD COLUMN user_agent   text NOT NULL DEFAULT '',
    ADD COLUMN address      text NOT NULL DEFAULT '',
    ADD COLUMN signed_in_at timestamptz;
UPDATE refresh_token SET signed_in_at = created_at;
ALTER TABLE refresh_token ALTER COLUMN signed_in_at SET NOT NULL;

CREATE TABLE password_reset (
    token_hash bytea PRIMARY KEY,
    user_id    uuid NOT NULL REFERENCES app_user (id) ON DELETE CASCADE,
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    used_at    timestamptz
);
CREATE INDEX password_reset_user ON password_reset (user_id);
COMMENT ON TABLE password_reset IS 'A link mailed to set a new password, good once';

CREATE TABLE requested_letter (
    id         uuid PRIMARY KEY DEFAULT uuidv7(),
    kind       text NOT NULL CHECK (kind IN ('password_reset', 'sign_in_locked')),
    email      text NOT NULL CHECK (length(email) <= 254),
    created_at timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE requested_letter IS
    'What a stranger asked to be mailed to an address; whether anybody has it is looked up later, so that the answer takes the same time';

CREATE TABLE sign_in_failure (
    id             text PRIMARY KEY,
    failures       integer NOT NULL CHECK (failures > 0),
    last_failed_at timestamptz NOT NULL,
    blocked_until  timestamptz NOT NULL
);
CREATE INDEX sign_in_failure_age ON sign_in_failure (last_failed_at);
COMMENT ON TABLE sign_in_failure IS
    'Wrong passwords and codes in a row, by a fingerprint of who tried on whom';

CREATE TABLE second_factor (
    user_id       uuid PRIMARY KEY REFERENCES app_user (id) ON DELETE CASCADE,
    sealed_secret bytea NOT NULL,
    last_step     bigint NOT NULL DEFAULT 0,
    created_at    timestamptz NOT NULL,
    confirmed_at  timestamptz
);
COMMENT ON TABLE second_factor IS
    'The secret a person shares with their authenticator; a code of last_step or before is used up';

CREATE TABLE recovery_code (
    user_id     uuid NOT NULL REFERENCES second_factor (user_id) ON DELETE CASCADE,
    fingerprint text NOT NULL,
    used_at     timestamptz,
    PRIMARY KEY (user_id, fingerprint)
);
COMMENT ON TABLE recovery_code IS 'What lets somebody in who lost their authenticator, each once';

CREATE TABLE sign_in_challenge (
    token_hash bytea PRIMARY KEY,
    user_id    uuid NOT NULL REFERENCES app_user (id) ON DELETE CASCADE,
    expires_at timestamptz NOT NULL
);
CREATE INDEX sign_in_challenge_user ON sign_in_challenge (user_id);
COMMENT ON TABLE sign_in_challenge IS
    'A sign-in whose password was right and whose second factor is awaited';

CREATE TABLE email_change (
    token_hash   bytea PRIMARY KEY,
    undo_hash    bytea NOT NULL UNIQUE,
    user_id      uuid NOT NULL REFERENCES app_user (id) ON DELETE CASCADE,
    old_email    text NOT NULL,
    new_email    text NOT NULL,
    created_at   timestamptz NOT NULL,
    expires_at   timestamptz NOT NULL,
    confirmed_at timestamptz,
    undo_until   timestamptz NOT NULL,
    undone_at    timestamptz
);
CREATE INDEX email_change_user ON email_change (user_id);
COMMENT ON TABLE email_change IS
    'A new address somebody asked for: it counts once confirmed there, and can be undone from the old';

GRANT SELECT, INSERT, UPDATE, DELETE
    ON password_reset, requested_letter, sign_in_failure, second_factor, recovery_code,
       sign_in_challenge, email_change TO igny8_platform;
