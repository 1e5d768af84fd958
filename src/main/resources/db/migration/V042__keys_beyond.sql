-- A key is known for 35 days, and may be used anew afterwards. In a month's partition it comes once all
-- the same; where entries of many months are together it may come again. That it is done once within
-- those days is seen to under the lock of the account's balance.
DROP INDEX credit_entry_beyond_idempotency;
CREATE INDEX credit_entry_beyond_idempotency ON credit_entry_beyond (account_id, idempotency_key)
    WHERE idempotency_key IS NOT NULL;
