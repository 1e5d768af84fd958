-- What is deleted can be had back until restore_until; afterwards it is erased.
ALTER TABLE site
    ADD COLUMN deleted_by uuid,
    ADD COLUMN restore_until timestamptz;
ALTER TABLE sector
    ADD COLUMN updated_at timestamptz NOT NULL DEFAULT now(),
    ADD COLUMN deleted_by uuid,
    ADD COLUMN restore_until timestamptz;
ALTER TABLE cluster
    ADD COLUMN deleted_by uuid,
    ADD COLUMN restore_until timestamptz,
    ADD COLUMN had_keywords uuid[] NOT NULL DEFAULT '{}';
ALTER TABLE keyword
    ADD COLUMN deleted_by uuid,
    ADD COLUMN restore_until timestamptz;
COMMENT ON COLUMN cluster.had_keywords IS
    'Those that were in it when it was deleted, to be put back with it';

UPDATE cluster SET restore_until = deleted_at WHERE deleted_at IS NOT NULL;
ALTER TABLE site ADD CHECK ((deleted_at IS NULL) = (restore_until IS NULL));
ALTER TABLE sector ADD CHECK ((deleted_at IS NULL) = (restore_until IS NULL));
ALTER TABLE cluster ADD CHECK ((deleted_at IS NULL) = (restore_until IS NULL));
ALTER TABLE keyword ADD CHECK ((deleted_at IS NULL) = (restore_until IS NULL));

CREATE INDEX site_deleted ON site (restore_until) WHERE deleted_at IS NOT NULL;
CREATE INDEX sector_deleted ON sector (restore_until) WHERE deleted_at IS NOT NULL;
CREATE INDEX cluster_deleted ON cluster (restore_until) WHERE deleted_at IS NOT NULL;
CREATE INDEX keyword_deleted ON keyword (restore_until) WHERE deleted_at IS NOT NULL;
-- Also of the deleted: what an erased cluster or sector leaves behind is found by it
CREATE INDEX keyword_of_cluster ON keyword (account_id, site_id, cluster_id)
    WHERE cluster_id IS NOT NULL;
CREATE INDEX keyword_of_sector ON keyword (account_id, site_id, sector_id)
    WHERE sector_id IS NOT NULL;

-- The slug of what is deleted can be had again
ALTER TABLE site DROP CONSTRAINT site_account_id_slug_key;
CREATE UNIQUE INDEX site_slug ON site (account_id, slug) WHERE deleted_at IS NULL;
ALTER TABLE sector DROP CONSTRAINT sector_account_id_site_id_slug_key;
CREATE UNIQUE INDEX sector_slug ON sector (account_id, site_id, slug) WHERE deleted_at IS NULL;

ALTER TABLE account ADD COLUMN erased_at timestamptz;
CREATE INDEX account_deleted ON account (restore_until)
    WHERE deleted_at IS NOT NULL AND erased_at IS NULL;
COMMENT ON COLUMN account.erased_at IS
    'From when nothing is left of it but ledger and log, which name nobody';

-- Erasing is the platform's: it may delete from every tenant table but those of facts
CREATE OR REPLACE FUNCTION protect_tenant_table(tenant_table regclass, privileges text)
    RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', tenant_table);
    EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', tenant_table);
    EXECUTE format('CREATE POLICY tenant ON %s TO igny8_app
                        USING (account_id = current_account_id())
                        WITH CHECK (account_id = current_account_id())', tenant_table);
    EXECUTE format('CREATE POLICY platform ON %s TO igny8_platform
                        USING (true) WITH CHECK (true)', tenant_table);
    EXECUTE format('GRANT %s ON %s TO igny8_app, igny8_platform', privileges, tenant_table);
    EXECUTE format('GRANT DELETE ON %s TO igny8_platform', tenant_table);
END $$;

DO $$
DECLARE
    tenant_table regclass;
BEGIN
    FOR tenant_table IN
        SELECT attrelid::regclass FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
         WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')
           AND attname = 'account_id' AND NOT attisdropped
           AND relname NOT IN ('audit_entry', 'credit_entry')
    LOOP
        EXECUTE format('GRANT DELETE ON %s TO igny8_platform', tenant_table);
    END LOOP;
END $$;

-- The log of a deleted account can be made to name nobody; what was done stays
CREATE FUNCTION refuse_change_but_blanking() RETURNS trigger
    LANGUAGE plpgsql AS $$
DECLARE
    personal text[] := '{address,user_agent,details,changes}';
BEGIN
    IF TG_OP = 'UPDATE'
            AND to_jsonb(NEW) - personal = to_jsonb(OLD) - personal
            AND NOT EXISTS (SELECT FROM jsonb_each(to_jsonb(NEW)) AS field (name, value)
                             WHERE name = ANY (personal) AND value NOT IN ('null', '{}'))
            AND EXISTS (SELECT FROM account
                         WHERE id = OLD.account_id AND deleted_at IS NOT NULL) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END $$;

COMMENT ON FUNCTION refuse_change_but_blanking() IS
    'As refuse_change, but lets what is personal in the log of a deleted account be emptied';

CREATE OR REPLACE TRIGGER audit_entry_is_append_only BEFORE UPDATE OR DELETE ON audit_entry
    FOR EACH ROW EXECUTE FUNCTION refuse_change_but_blanking();
GRANT UPDATE ON audit_entry TO igny8_platform;
