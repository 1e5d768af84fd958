-- Whether an API key is good rests on it and on its site, beside the account. When it was last used
-- says nothing about that.
CREATE TRIGGER access_changed AFTER UPDATE ON api_key FOR EACH ROW
    WHEN (to_jsonb(OLD) - 'last_used_at' - 'last_used_address'
          IS DISTINCT FROM to_jsonb(NEW) - 'last_used_at' - 'last_used_address')
    EXECUTE FUNCTION tell_access_changed('account_id');
CREATE TRIGGER access_ended AFTER DELETE ON api_key
    FOR EACH ROW EXECUTE FUNCTION tell_access_changed('account_id');
CREATE TRIGGER access_changed AFTER UPDATE OF deleted_at ON site
    FOR EACH ROW EXECUTE FUNCTION tell_access_changed('account_id');
