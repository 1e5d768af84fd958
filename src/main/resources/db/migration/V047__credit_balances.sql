-- The balances of many accounts in one exchange, each read behind its own wall.

CREATE FUNCTION credit_balances(asked uuid[])
    RETURNS TABLE (account_id uuid, balance bigint, held bigint)
    LANGUAGE plpgsql AS $$
DECLARE
    asking uuid;
BEGIN
    FOREACH asking IN ARRAY asked LOOP
        PERFORM set_config('app.account_id', asking::text, true);
        RETURN QUERY SELECT b.account_id, b.balance, b.held
                       FROM credit_balance b WHERE b.account_id = asking;
    END LOOP;
END $$;

COMMENT ON FUNCTION credit_balances(uuid[]) IS
    'Binds each account, then reads its row as the caller''s role, which sees no other; the last stays bound until the transaction ends';
