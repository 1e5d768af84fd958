-- PostgreSQL reads a virtual column's expression anew for each statement that writes to its table. What
-- became of a hold is as short to ask for: it is open until settled_at, and was captured if it has an
-- entry_id.
ALTER TABLE credit_hold DROP COLUMN status;
COMMENT ON COLUMN credit_hold.settled_at IS 'When it was captured, by its entry_id, or released';
