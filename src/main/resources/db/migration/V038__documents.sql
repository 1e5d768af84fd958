-- Letters that are laid out, and what became of the money of a credit note

ALTER TABLE mail ADD COLUMN html bytea;
COMMENT ON COLUMN mail.html IS
    'The letter laid out, sealed as its body is; null where it is text alone';

ALTER TABLE credit_note
    ADD COLUMN due_minor     bigint NOT NULL DEFAULT 0 CHECK (due_minor >= 0),
    ADD COLUMN balance_minor bigint NOT NULL DEFAULT 0 CHECK (balance_minor >= 0),
    ADD COLUMN refund_minor  bigint NOT NULL DEFAULT 0 CHECK (refund_minor >= 0);
ALTER TABLE credit_note
    ADD CHECK (due_minor + balance_minor + refund_minor = total_minor),
    ADD CHECK (balance_minor = 0 OR refund_minor = 0);
COMMENT ON COLUMN credit_note.due_minor IS 'What it took off what was still to be paid';
COMMENT ON COLUMN credit_note.balance_minor IS 'What the customer keeps with us';
COMMENT ON COLUMN credit_note.refund_minor IS 'What goes back to the customer';

-- The console lists those of all accounts, latest first
CREATE INDEX invoice_issued ON invoice (issued_at DESC, id DESC) WHERE issued_at IS NOT NULL;
CREATE INDEX credit_note_issued ON credit_note (issued_at);
