CREATE TABLE job (
    account_id       uuid NOT NULL REFERENCES account (id),
    id               uuid NOT NULL DEFAULT uuidv7(),
    type             text NOT NULL,
    status           text NOT NULL DEFAULT 'queued'
        CHECK (status IN ('queued', 'running', 'succeeded', 'failed', 'cancelled')),
    site_id          uuid,
    payload          jsonb NOT NULL,
    exclusive        text,
    progress         smallint NOT NULL DEFAULT 0 CHECK (progress BETWEEN 0 AND 100),
    step             text NOT NULL DEFAULT '',
    result           jsonb,
    error_code       text,
    error            text,
    hold_id          uuid,
    credits_charged  bigint NOT NULL DEFAULT 0 CHECK (credits_charged >= 0),
    created_by       uuid NOT NULL,
    attempts         integer NOT NULL DEFAULT 0,
    cancel_requested boolean NOT NULL DEFAULT false,
    run_at           timestamptz NOT NULL,
    lease_until      timestamptz,
    worker           text,
    created_at       timestamptz NOT NULL,
    started_at       timestamptz,
    finished_at      timestamptz,
    PRIMARY KEY (account_id, id),
    CHECK ((status IN ('succeeded', 'failed', 'cancelled')) = (finished_at IS NOT NULL)),
    CHECK ((status = 'running') = (lease_until IS NOT NULL))
);
CREATE INDEX job_queued ON job (run_at, account_id) WHERE status = 'queued';
CREATE INDEX job_running ON job (lease_until) WHERE status = 'running';
CREATE UNIQUE INDEX job_exclusive ON job (account_id, exclusive)
    WHERE status IN ('queued', 'running');
CREATE INDEX job_recent ON job (account_id, created_at DESC);
COMMENT ON COLUMN job.exclusive IS 'Of those with the same, one at a time is under way';
COMMENT ON TABLE job IS 'Long work with progress; a lease that runs out hands it to another worker';
SELECT protect_tenant_table('job', 'SELECT, INSERT, UPDATE');

-- db-scheduler's own table: what recurs, and which node has it
CREATE TABLE scheduled_tasks (
    task_name            text NOT NULL,
    task_instance        text NOT NULL,
    task_data            bytea,
    execution_time       timestamptz NOT NULL,
    picked               boolean NOT NULL,
    picked_by            text,
    last_success         timestamptz,
    last_failure         timestamptz,
    consecutive_failures integer,
    last_heartbeat       timestamptz,
    version              bigint NOT NULL,
    priority             smallint,
    PRIMARY KEY (task_name, task_instance)
);
CREATE INDEX scheduled_tasks_due ON scheduled_tasks (execution_time);
CREATE INDEX scheduled_tasks_heartbeat ON scheduled_tasks (last_heartbeat);
COMMENT ON TABLE scheduled_tasks IS 'Recurring work of the platform, as db-scheduler keeps it';
GRANT SELECT, INSERT, UPDATE, DELETE ON scheduled_tasks TO igny8_platform;
