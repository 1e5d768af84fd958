ALTER TABLE web_session ADD COLUMN impersonated_account_id uuid;
ALTER TABLE web_session ADD COLUMN impersonation_ends_at timestamptz;
ALTER TABLE web_session ADD CHECK
    ((impersonated_account_id IS NULL) = (impersonation_ends_at IS NULL));
COMMENT ON COLUMN web_session.impersonated_account_id IS
    'The account an operator looks at as its owner, read-only, until impersonation_ends_at';
