-- What the answer to "who is this, and may they?" rests on. Whoever remembers such an answer is told,
-- in the moment of the commit, that it may be another now.

CREATE FUNCTION tell_access_changed() RETURNS trigger
    LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('igny8_access', to_jsonb(coalesce(OLD, NEW)) ->> TG_ARGV[0]);
    RETURN NULL;
END $$;
COMMENT ON FUNCTION tell_access_changed() IS
    'For triggers: names, on the channel igny8_access, the id in the column given';

CREATE TRIGGER access_changed AFTER UPDATE OR DELETE ON app_user
    FOR EACH ROW EXECUTE FUNCTION tell_access_changed('id');

-- When a session was last seen says nothing about whether it is good
CREATE TRIGGER access_changed AFTER UPDATE ON web_session FOR EACH ROW
    WHEN (to_jsonb(OLD) - 'last_seen_at' IS DISTINCT FROM to_jsonb(NEW) - 'last_seen_at')
    EXECUTE FUNCTION tell_access_changed('id');
CREATE TRIGGER access_ended AFTER DELETE ON web_session
    FOR EACH ROW EXECUTE FUNCTION tell_access_changed('id');

-- A rotation replaces a token, and leaves the sign-in it belongs to as good as it was
CREATE TRIGGER access_changed AFTER UPDATE ON refresh_token FOR EACH ROW
    WHEN (OLD.revoked_at IS DISTINCT FROM NEW.revoked_at)
    EXECUTE FUNCTION tell_access_changed('family_id');
CREATE TRIGGER access_ended AFTER DELETE ON refresh_token
    FOR EACH ROW EXECUTE FUNCTION tell_access_changed('family_id');

CREATE TRIGGER access_changed AFTER UPDATE OR DELETE ON member
    FOR EACH ROW EXECUTE FUNCTION tell_access_changed('account_id');
CREATE TRIGGER access_changed AFTER UPDATE OR DELETE ON account
    FOR EACH ROW EXECUTE FUNCTION tell_access_changed('id');
CREATE TRIGGER access_changed AFTER INSERT OR UPDATE OR DELETE ON subscription
    FOR EACH ROW EXECUTE FUNCTION tell_access_changed('account_id');
CREATE TRIGGER access_changed AFTER UPDATE OR DELETE ON plan
    FOR EACH ROW EXECUTE FUNCTION tell_access_changed('id');
