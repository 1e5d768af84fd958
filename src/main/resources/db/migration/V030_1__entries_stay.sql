-- Protecting the ledger and its parts anew granted what erasing needs: entries are not erased
CREATE OR REPLACE FUNCTION make_credit_entry_partition(partition text, bounds text) RETURNS void
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

DO $$
DECLARE
    part regclass;
BEGIN
    FOR part IN SELECT relid FROM pg_partition_tree('credit_entry') LOOP
        EXECUTE format('REVOKE DELETE ON %s FROM igny8_platform', part);
    END LOOP;
END $$;
