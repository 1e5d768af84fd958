-- What a hold costs, as little as a deduction. Its id follows from its idempotency key, so the primary
-- key finds it by either and keeps a key from making two. Like an entry it is written under the lock of
-- the account's balance row, which refers to the account: to ask for that again took longer than all
-- else of the insert.
DROP INDEX credit_hold_idempotency;
ALTER TABLE credit_hold DROP CONSTRAINT credit_hold_account_id_fkey;
COMMENT ON COLUMN credit_hold.id IS
    'Follows from account_id and idempotency_key, where it has one: no key makes two holds';

-- Keys are equal or not; no language has to put them in order.
ALTER TABLE credit_entry ALTER COLUMN idempotency_key TYPE text COLLATE "C";
