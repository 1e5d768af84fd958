-- The wall between accounts, as functions that every later migration uses.

CREATE FUNCTION current_account_id() RETURNS uuid
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN nullif(current_setting('app.account_id', true), '')::uuid;

COMMENT ON FUNCTION current_account_id() IS
    'The account this transaction carries; null where none is bound';

CREATE FUNCTION protect_tenant_table(tenant_table regclass, privileges text) RETURNS void
    LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', tenant_table);
    EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', tenant_table);
    EXECUTE format('CREATE POLICY tenant ON %s TO igny8_app
                        USING (account_id = current_account_id())
                        WITH CHECK (account_id = current_account_id())', tenant_table);
    EXECUTE format('CREATE POLICY platform ON %s TO igny8_platform
                        USING (true) WITH CHECK (true)', tenant_table);
    EXECUTE format('GRANT %s ON %s TO igny8_app, igny8_platform', privileges, tenant_table);
END $$;

COMMENT ON FUNCTION protect_tenant_table(regclass, text) IS
    'Puts a table with account_id behind the wall: policies for both roles, and what they may do';

REVOKE EXECUTE ON FUNCTION protect_tenant_table(regclass, text) FROM PUBLIC;

CREATE FUNCTION refuse_change() RETURNS trigger
    LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END $$;

COMMENT ON FUNCTION refuse_change() IS 'For triggers on tables whose rows are facts';

REVOKE CREATE ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO igny8_app, igny8_platform;
