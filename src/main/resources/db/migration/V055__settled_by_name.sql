-- To settle a hold names it, and happens once: whoever does so again in the same way is given the first
-- answer, and needs no key for that. What was available then is kept with each, captures included.
UPDATE credit_hold AS hold SET settlement_available = entry.balance_after - entry.held
  FROM credit_entry AS entry
 WHERE entry.account_id = hold.account_id AND entry.id = hold.entry_id
   AND hold.settlement_available IS NULL;
ALTER TABLE credit_hold DROP COLUMN settlement_key;
COMMENT ON COLUMN credit_hold.settlement_available IS 'What was available right after it was settled';
