-- Whether an account has budgets is seen in those there are; nobody reads the mark any more.
ALTER TABLE credit_balance DROP COLUMN has_budgets;
