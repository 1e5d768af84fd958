ALTER TABLE app_user ADD COLUMN sign_ins_ended integer NOT NULL DEFAULT 0;
COMMENT ON COLUMN app_user.sign_ins_ended IS
    'How often all sign-ins were ended, as by a new password: one that began before is not let in';

-- Whom to ask back for a secret: whoever made the key, or rotated it last
ALTER TABLE api_key ADD COLUMN issued_to uuid, ADD COLUMN issued_at timestamptz;
UPDATE api_key SET issued_to = created_by, issued_at = created_at;
ALTER TABLE api_key ALTER COLUMN issued_to SET NOT NULL, ALTER COLUMN issued_at SET NOT NULL;
CREATE INDEX api_key_issued_to ON api_key (issued_to);
COMMENT ON COLUMN api_key.issued_to IS 'Who was shown the present secret, at issued_at';

-- Codes an intruder had made are told from the owner's by when they were made
ALTER TABLE recovery_code ADD COLUMN created_at timestamptz;
UPDATE recovery_code SET created_at = (SELECT confirmed_at FROM second_factor
                                        WHERE second_factor.user_id = recovery_code.user_id);
ALTER TABLE recovery_code ALTER COLUMN created_at SET NOT NULL;

ALTER TABLE account ADD COLUMN suspended_reason text CHECK (length(suspended_reason) <= 500);
COMMENT ON COLUMN account.suspended_reason IS
    'What the owner is told while the account is suspended, in the words of the operator';

-- So that people find what was tried on their address, without the address being kept
ALTER TABLE security_event ADD COLUMN email_fingerprint text;
CREATE INDEX security_event_of_email ON security_event (email_fingerprint, created_at DESC);
CREATE INDEX security_event_of_user ON security_event (user_id, created_at DESC);
CREATE INDEX audit_entry_of_own_acts ON audit_entry (actor_id, created_at DESC)
    WHERE action LIKE 'user.%';
