CREATE TABLE mail (
    id              uuid PRIMARY KEY DEFAULT uuidv7(),
    recipient       text NOT NULL,
    template        text NOT NULL,
    subject         text NOT NULL,
    body            bytea NOT NULL,
    status          text NOT NULL DEFAULT 'queued' CHECK (status IN ('queued', 'sent', 'failed')),
    attempts        integer NOT NULL DEFAULT 0,
    next_attempt_at timestamptz NOT NULL DEFAULT now(),
    last_error      text,
    created_at      timestamptz NOT NULL DEFAULT now(),
    sent_at         timestamptz
);
CREATE INDEX mail_due ON mail (next_attempt_at) WHERE status = 'queued';
COMMENT ON TABLE mail IS
    'The outbox: written in the transaction that causes it; the body is sealed, it may hold links';
GRANT INSERT ON mail TO igny8_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON mail TO igny8_platform;
