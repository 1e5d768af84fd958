ALTER TABLE plan
    ADD CHECK (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$' AND length(slug) <= 60),
    ADD CHECK (length(name) BETWEEN 1 AND 60);

ALTER TABLE plan_version
    ADD COLUMN credits_roll_over boolean NOT NULL DEFAULT false,
    ADD CHECK (currency ~ '^[A-Z]{3}$'),
    ADD CHECK (features <@ '{ai_writer,image_gen,auto_publish,custom_prompts,unlimited}'),
    ADD CHECK (annual_price_minor > 0),
    ADD CHECK (annual_price_minor IS NULL OR monthly_price_minor > 0),
    ADD CHECK (trial_days IS NULL OR monthly_price_minor = 0),
    ADD CHECK (NOT (credits_once AND credits_roll_over));
COMMENT ON COLUMN plan_version.credits_roll_over IS
    'Whether what is left of a month''s credits is there in the next one too';
CREATE TRIGGER plan_version_stays BEFORE TRUNCATE ON plan_version
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
REVOKE UPDATE ON plan_version, credit_cost FROM igny8_platform;

-- One that is not in force yet can be withdrawn
GRANT DELETE ON credit_cost TO igny8_platform;
ALTER TABLE credit_cost
    ADD COLUMN scheduled_at timestamptz NOT NULL DEFAULT now(),
    ADD CHECK (operation IN ('clustering', 'idea_generation', 'content_generation',
                             'image_prompt_extraction', 'image_generation'));

CREATE TABLE credit_pack (
    id           uuid PRIMARY KEY DEFAULT uuidv7(),
    slug         text NOT NULL UNIQUE
        CHECK (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$' AND length(slug) <= 60),
    credits      bigint NOT NULL CHECK (credits > 0),
    currency     text NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
    price_minor  bigint NOT NULL CHECK (price_minor > 0),
    valid_months integer NOT NULL DEFAULT 12 CHECK (valid_months BETWEEN 1 AND 120),
    is_active    boolean NOT NULL DEFAULT true,
    position     integer NOT NULL CHECK (position >= 0),
    created_at   timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE credit_pack IS
    'Credits that are sold beside a plan; what was sold stands in the invoice, whatever it costs now';
GRANT SELECT ON credit_pack TO igny8_app;
GRANT SELECT, INSERT, UPDATE ON credit_pack TO igny8_platform;
INSERT INTO credit_pack (slug, credits, currency, price_minor, position) VALUES
    ('credits-500', 500, 'USD', 2900, 1),
    ('credits-2000', 2000, 'USD', 9900, 2),
    ('credits-10000', 10000, 'USD', 39900, 3);
