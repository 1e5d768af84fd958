-- The ledger by months, so that its growth never slows the present: what is written goes into the
-- indexes of this month, which stay small however many years there are.

ALTER TABLE credit_grant DROP CONSTRAINT credit_grant_account_id_entry_id_fkey;
ALTER TABLE credit_hold DROP CONSTRAINT credit_hold_account_id_entry_id_fkey;

ALTER TABLE credit_entry
    ADD COLUMN site_id uuid,
    ADD COLUMN held bigint NOT NULL DEFAULT 0,
    ADD CONSTRAINT credit_entry_held_check CHECK (held BETWEEN 0 AND balance_after),
    ALTER COLUMN created_at DROP DEFAULT;
DROP TRIGGER credit_entry_is_append_only ON credit_entry;
ALTER TABLE credit_entry RENAME TO credit_entry_first;
ALTER INDEX credit_entry_pkey RENAME TO credit_entry_first_pkey;
ALTER INDEX credit_entry_idempotency RENAME TO credit_entry_first_idempotency;
ALTER TABLE credit_entry_first DROP CONSTRAINT credit_entry_account_id_fkey;
REVOKE INSERT ON credit_entry_first FROM igny8_app, igny8_platform;

CREATE TABLE credit_entry (LIKE credit_entry_first INCLUDING DEFAULTS INCLUDING CONSTRAINTS)
    PARTITION BY RANGE (created_at);
COMMENT ON TABLE credit_entry IS
    'The ledger: id counts 1, 2, 3 … within an account, so that a gap would show; append-only. Each
     month has a partition with the primary key (account_id, id); that ids do not come back in
     another month is seen to by the account''s balance row, under whose lock they are counted; that
     row also refers to the account, which asked anew for each entry would cost as much as the rest';
COMMENT ON COLUMN credit_entry.held IS 'What was on hold after the entry: available is the rest';
SELECT protect_tenant_table('credit_entry', 'SELECT, INSERT');
REVOKE DELETE ON credit_entry FROM igny8_platform;
CREATE TRIGGER credit_entry_is_append_only BEFORE UPDATE OR DELETE ON credit_entry
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER credit_entry_is_never_truncated BEFORE TRUNCATE ON credit_entry
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

DO $$
BEGIN
    EXECUTE format('ALTER TABLE credit_entry ATTACH PARTITION credit_entry_first
                        FOR VALUES FROM (MINVALUE) TO (%L)',
                   date_trunc('month', now(), 'UTC') + interval '1 month');
END $$;

CREATE FUNCTION make_credit_entry_partition(partition text, bounds text) RETURNS void
    LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('CREATE TABLE %I PARTITION OF credit_entry
                        (PRIMARY KEY (account_id, id)) %s', partition, bounds);
    EXECUTE format('CREATE UNIQUE INDEX %I ON %I (account_id, idempotency_key)
                        WHERE idempotency_key IS NOT NULL',
                   partition || '_idempotency', partition);
    EXECUTE format('CREATE TRIGGER credit_entry_is_never_truncated BEFORE TRUNCATE ON %I
                        FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()', partition);
    PERFORM protect_tenant_table(partition::regclass, 'SELECT');
    EXECUTE format('REVOKE DELETE ON %I FROM igny8_platform', partition);
END $$;
COMMENT ON FUNCTION make_credit_entry_partition(text, text) IS
    'A part of the ledger, as well guarded as the whole; written only by way of it';
REVOKE EXECUTE ON FUNCTION make_credit_entry_partition(text, text) FROM PUBLIC;

SELECT make_credit_entry_partition('credit_entry_beyond', 'DEFAULT');
COMMENT ON TABLE credit_entry_beyond IS
    'Entries of months that nobody made a partition for in time: empty, as long as all is well';

CREATE FUNCTION make_credit_entry_months() RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    month     timestamptz;
    partition text;
    made      integer := 0;
BEGIN
    FOR month IN SELECT generate_series(date_trunc('month', now(), 'UTC'),
                        date_trunc('month', now(), 'UTC') + interval '3 months', '1 month', 'UTC')
    LOOP
        partition := 'credit_entry_' || to_char(month AT TIME ZONE 'UTC', 'YYYY_MM');
        CONTINUE WHEN to_regclass(partition) IS NOT NULL;
        BEGIN
            PERFORM make_credit_entry_partition(partition, format('FOR VALUES FROM (%L) TO (%L)',
                month, date_add(month, interval '1 month', 'UTC')));
            made := made + 1;
        EXCEPTION
            -- The first partition covers the month it was made in; and what is in the default one
            -- already stays there, where it is found as well
            WHEN invalid_object_definition OR check_violation THEN NULL;
        END;
    END LOOP;
    RETURN made;
END $$;
COMMENT ON FUNCTION make_credit_entry_months() IS
    'Makes the partitions of this month and the next three where they are missing. Runs as the
     schema''s owner, which alone may make tables, takes nothing from its caller, and does nothing
     else';
REVOKE EXECUTE ON FUNCTION make_credit_entry_months() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION make_credit_entry_months() TO igny8_platform;
SELECT make_credit_entry_months();

-- Rows that change at every deduction keep room beside them, so that a change stays on its page and
-- touches no index: none may depend on what changes, not even in its condition.
ALTER TABLE credit_balance SET (fillfactor = 50);
ALTER TABLE credit_grant SET (fillfactor = 50);
ALTER TABLE credit_grant
    ADD COLUMN is_open boolean GENERATED ALWAYS AS (remaining > 0) STORED,
    ADD COLUMN rolls_over_until timestamptz,
    ADD FOREIGN KEY (account_id) REFERENCES account (id);
COMMENT ON COLUMN credit_grant.rolls_over_until IS
    'At its end, what is left of the grant goes on until then, once';
DROP INDEX credit_grant_usable;
CREATE INDEX credit_grant_open ON credit_grant (account_id) WHERE is_open;
CREATE INDEX credit_grant_due ON credit_grant (expires_at) WHERE is_open;

ALTER TABLE credit_balance
    ADD COLUMN alert_below bigint DEFAULT 100 CHECK (alert_below > 0),
    ADD COLUMN alert_due boolean NOT NULL DEFAULT false,
    ADD COLUMN has_budgets boolean NOT NULL DEFAULT false;
CREATE INDEX credit_balance_alert ON credit_balance (account_id) WHERE alert_due;
COMMENT ON COLUMN credit_balance.alert_due IS
    'The balance went below alert_below, and the letter that says so is still to be written';

ALTER TABLE credit_hold
    ALTER COLUMN operation DROP NOT NULL,
    ADD COLUMN user_id uuid,
    ADD COLUMN site_id uuid,
    ADD COLUMN idempotency_key text,
    ADD COLUMN available_after bigint NOT NULL DEFAULT 0,
    ADD COLUMN settlement_key text,
    ADD COLUMN settlement_available bigint;
CREATE UNIQUE INDEX credit_hold_idempotency ON credit_hold (account_id, idempotency_key)
    WHERE idempotency_key IS NOT NULL;

CREATE TABLE credit_budget (
    account_id    uuid NOT NULL REFERENCES account (id),
    id            uuid NOT NULL DEFAULT uuidv7(),
    user_id       uuid,
    site_id       uuid,
    monthly_limit bigint NOT NULL CHECK (monthly_limit >= 0),
    month         date NOT NULL,
    used          bigint NOT NULL CHECK (used >= 0),
    PRIMARY KEY (account_id, id),
    UNIQUE (account_id, user_id),
    UNIQUE (account_id, site_id),
    FOREIGN KEY (account_id, user_id) REFERENCES member (account_id, user_id) ON DELETE CASCADE,
    FOREIGN KEY (account_id, site_id) REFERENCES site (account_id, id) ON DELETE CASCADE,
    CHECK (num_nonnulls(user_id, site_id) = 1)
);
COMMENT ON TABLE credit_budget IS
    'The most that a member, or work for a site, may use in a calendar month (UTC); used counts
     what was taken and what is on hold in that month';
SELECT protect_tenant_table('credit_budget', 'SELECT, INSERT, UPDATE, DELETE');
