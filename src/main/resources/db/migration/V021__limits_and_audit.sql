ALTER TABLE plan_version
    ADD COLUMN reads_per_minute  integer CHECK (reads_per_minute >= 0),
    ADD COLUMN writes_per_minute integer CHECK (writes_per_minute >= 0),
    ADD COLUMN ai_per_minute     integer CHECK (ai_per_minute >= 0);
COMMENT ON COLUMN plan_version.reads_per_minute IS
    'What an account on the plan may ask of the API; null = as everybody, 0 = unlimited';

ALTER TABLE audit_entry
    ADD COLUMN changes    jsonb NOT NULL DEFAULT '{}',
    ADD COLUMN user_agent text CHECK (length(user_agent) <= 200);
COMMENT ON COLUMN audit_entry.changes IS
    'What was changed, by field: {"name": {"before": …, "after": …}}; never a secret';
CREATE INDEX audit_entry_by_time ON audit_entry (account_id, created_at DESC, id DESC);
CREATE INDEX audit_entry_of_all ON audit_entry (created_at DESC, id DESC);
CREATE TRIGGER audit_entry_is_never_emptied BEFORE TRUNCATE ON audit_entry
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- What happens to people who are on no account yet, or to nobody: a wrong password
CREATE TABLE security_event (
    id         uuid PRIMARY KEY DEFAULT uuidv7(),
    event      text NOT NULL CHECK (event ~ '^[a-z_]+\.[a-z_]+$'),
    user_id    uuid,
    subject    text NOT NULL CHECK (length(subject) <= 254),
    address    text,
    user_agent text CHECK (length(user_agent) <= 200),
    request_id text,
    created_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX security_event_by_time ON security_event (created_at DESC, id DESC);
COMMENT ON TABLE security_event IS
    'What concerns the security of the product and belongs to no account: failed sign-ins';
CREATE TRIGGER security_event_is_append_only BEFORE UPDATE ON security_event
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
-- Deleted when it is old, by a task
GRANT SELECT, INSERT, DELETE ON security_event TO igny8_platform;
