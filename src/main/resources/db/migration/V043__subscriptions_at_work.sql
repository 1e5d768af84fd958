-- When something is to be done for a subscription next, and who is at it, is no part of what anybody
-- remembers of it: a billing run that claims a thousand need not tell every node of each.

DROP TRIGGER access_changed ON subscription;
CREATE TRIGGER access_changed AFTER UPDATE ON subscription FOR EACH ROW
    WHEN (to_jsonb(OLD) - '{next_due_at,claimed_until}'::text[]
          IS DISTINCT FROM to_jsonb(NEW) - '{next_due_at,claimed_until}'::text[])
    EXECUTE FUNCTION tell_access_changed('account_id');
CREATE TRIGGER access_began_or_ended AFTER INSERT OR DELETE ON subscription
    FOR EACH ROW EXECUTE FUNCTION tell_access_changed('account_id');

-- Every invoice asks who sells: it is remembered, and looked up again by all when it changes
CREATE TRIGGER access_changed AFTER UPDATE ON seller
    FOR EACH ROW EXECUTE FUNCTION tell_access_changed('id');
