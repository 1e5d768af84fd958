ALTER TABLE plan_version ADD COLUMN credits_per_minute integer CHECK (credits_per_minute >= 0);
COMMENT ON COLUMN plan_version.credits_per_minute IS
    'How often an account on the plan may change credits by API; null = as everybody, 0 = unlimited';
