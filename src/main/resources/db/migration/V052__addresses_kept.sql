-- Who gave an address up may take it back for a week, so nobody else can have it until then: asked
-- at each sign-up.
CREATE INDEX email_change_kept ON email_change (lower(old_email))
 WHERE confirmed_at IS NOT NULL AND undone_at IS NULL;
