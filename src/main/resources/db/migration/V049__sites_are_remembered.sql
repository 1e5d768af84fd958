-- Which sites somebody reaches is remembered as what they may is, until one of them is added, is
-- another or is gone, or somebody is let in or out.
DROP TRIGGER access_changed ON site;
CREATE TRIGGER access_changed AFTER INSERT OR UPDATE OR DELETE ON site
    FOR EACH ROW EXECUTE FUNCTION tell_access_changed('account_id');
CREATE TRIGGER access_changed AFTER INSERT OR UPDATE OR DELETE ON site_access
    FOR EACH ROW EXECUTE FUNCTION tell_access_changed('account_id');
