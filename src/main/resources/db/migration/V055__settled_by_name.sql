-- To settle a hold names it, and happens once: whoever does so again in the same way is given the first
-- answer, and needs no key for that. What was available then is kept with each, captures included.
-- Who owns the tables would see nothing of what is in them otherwise.
ALTER TABLE credit_hold NO FORCE ROW LEVEL SECURITY;
ALTER TABLE credit_entry NO FORCE ROW LEVEL SECURITY;
UPDATE credit_hold AS hold SET settlement_available = entry.balance_after - entry.held
  FROM credit_entry AS entry
 WHERE entry.account_id = hold.account_id AND entry.id = hold.entry_id
   AND hold.settlement_available IS NULL;
ALTER TABLE credit_hold FORCE ROW LEVEL SECURITY;
ALTER TABLE credit_entry FORCE ROW LEVEL SECURITY;

ALTER TABLE credit_hold DROP COLUMN settlement_key;
COMMENT ON COLUMN credit_hold.settlement_available IS 'What was available right after it was settled';
