-- What is owed and what was paid. Money is a number of minor units and its currency, never a fraction.

-- Who a customer is for an accountant: the account is the one place that says so
ALTER TABLE account
    ADD COLUMN legal_name    text CHECK (length(legal_name) BETWEEN 1 AND 200),
    ADD COLUMN address_line1 text CHECK (length(address_line1) BETWEEN 1 AND 200),
    ADD COLUMN address_line2 text CHECK (length(address_line2) BETWEEN 1 AND 200),
    ADD COLUMN city          text CHECK (length(city) BETWEEN 1 AND 120),
    ADD COLUMN region        text CHECK (length(region) BETWEEN 1 AND 120),
    ADD COLUMN postal_code   text CHECK (length(postal_code) BETWEEN 1 AND 20),
    ADD COLUMN country       text CHECK (country ~ '^[A-Z]{2}$'),
    ADD COLUMN tax_id        text CHECK (length(tax_id) BETWEEN 4 AND 30);

CREATE TABLE test_clock (
    account_id uuid PRIMARY KEY REFERENCES account (id),
    now_at     timestamptz NOT NULL
);
COMMENT ON TABLE test_clock IS
    'Accounts that live in a time of their own, which an operator advances: for trying out a year';
SELECT protect_tenant_table('test_clock', 'SELECT');
GRANT INSERT, UPDATE, DELETE ON test_clock TO igny8_platform;

CREATE TABLE seller (
    id             boolean PRIMARY KEY DEFAULT true CHECK (id),
    name           text NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
    address_line1  text,
    address_line2  text,
    city           text,
    region         text,
    postal_code    text,
    country        text CHECK (country ~ '^[A-Z]{2}$'),
    tax_id         text,
    email          text,
    invoice_prefix text NOT NULL CHECK (invoice_prefix ~ '^[A-Z0-9]{2,8}$'),
    days_to_pay    integer NOT NULL CHECK (days_to_pay BETWEEN 0 AND 90),
    updated_at     timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE seller IS 'The company that runs IGNY8, as its invoices name it: one row';
INSERT INTO seller (name, invoice_prefix, days_to_pay) VALUES ('IGNY8', 'IGN', 7);
GRANT SELECT ON seller TO igny8_app;
GRANT SELECT, UPDATE ON seller TO igny8_platform;

CREATE TABLE tax_rate (
    id             uuid PRIMARY KEY DEFAULT uuidv7(),
    country        text NOT NULL CHECK (country ~ '^[A-Z]{2}$'),
    name           text NOT NULL CHECK (length(name) BETWEEN 1 AND 40),
    percent        numeric(6, 3) NOT NULL CHECK (percent BETWEEN 0 AND 100),
    is_inclusive   boolean NOT NULL,
    effective_from timestamptz NOT NULL,
    UNIQUE (country, effective_from)
);
COMMENT ON TABLE tax_rate IS
    'The tax on sales to a country from a moment on; where there is none, none is charged';
GRANT SELECT ON tax_rate TO igny8_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON tax_rate TO igny8_platform;

CREATE TABLE document_number (
    series text NOT NULL CHECK (series ~ '^[A-Z0-9]{2,8}(-CN)?$'),
    year   integer NOT NULL,
    last   integer NOT NULL CHECK (last > 0),
    PRIMARY KEY (series, year)
);
COMMENT ON TABLE document_number IS
    'The last number given out; counted under the lock of its row, so that a rollback leaves no gap';

CREATE FUNCTION take_document_number(wanted_series text, wanted_year integer) RETURNS integer
    LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    INSERT INTO document_number AS number (series, year, last)
    VALUES (wanted_series, wanted_year, 1)
    ON CONFLICT (series, year) DO UPDATE SET last = number.last + 1
    RETURNING last;
$$;
COMMENT ON FUNCTION take_document_number(text, integer) IS
    'The next number of a series and year. Nobody but this function writes the table, so that none
     can be set back; whoever takes one makes others wait until the end of the transaction';
REVOKE EXECUTE ON FUNCTION take_document_number(text, integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION take_document_number(text, integer) TO igny8_app, igny8_platform;
GRANT SELECT ON document_number TO igny8_platform;

CREATE TABLE invoice (
    account_id       uuid NOT NULL REFERENCES account (id),
    id               uuid NOT NULL DEFAULT uuidv7(),
    number           text UNIQUE,
    status           text NOT NULL CHECK (status IN
        ('draft', 'open', 'paid', 'void', 'uncollectible')),
    purpose          text NOT NULL CHECK (purpose IN
        ('subscription_start', 'subscription_renewal', 'plan_change', 'credit_pack', 'manual')),
    subscription_id  uuid,
    subject          text,
    currency         text NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
    subtotal_minor   bigint NOT NULL DEFAULT 0 CHECK (subtotal_minor >= 0),
    tax_minor        bigint NOT NULL DEFAULT 0 CHECK (tax_minor >= 0),
    total_minor      bigint NOT NULL DEFAULT 0,
    paid_minor       bigint NOT NULL DEFAULT 0 CHECK (paid_minor >= 0),
    credited_minor   bigint NOT NULL DEFAULT 0 CHECK (credited_minor BETWEEN 0 AND total_minor),
    tax_treatment    text NOT NULL CHECK (tax_treatment IN ('none', 'taxed', 'reverse_charge')),
    tax_name         text,
    tax_percent      numeric(6, 3) NOT NULL DEFAULT 0,
    is_tax_inclusive boolean NOT NULL DEFAULT false,
    billing_snapshot jsonb NOT NULL,
    seller_snapshot  jsonb NOT NULL,
    created_at       timestamptz NOT NULL,
    issued_at        timestamptz,
    due_at           timestamptz,
    paid_at          timestamptz,
    closed_at        timestamptz,
    PRIMARY KEY (account_id, id),
    FOREIGN KEY (account_id, subscription_id) REFERENCES subscription (account_id, id),
    CHECK (total_minor = subtotal_minor + tax_minor),
    CHECK ((status = 'draft') = (number IS NULL)),
    CHECK ((number IS NULL) = (issued_at IS NULL) AND (number IS NULL) = (due_at IS NULL)),
    CHECK (paid_minor <= total_minor),
    CHECK (status <> 'paid' OR (paid_minor + credited_minor >= total_minor AND paid_at IS NOT NULL)),
    CHECK (status <> 'void' OR paid_minor = 0)
);
CREATE INDEX invoice_latest ON invoice (account_id, issued_at DESC);
CREATE INDEX invoice_open ON invoice (due_at) WHERE status = 'open';
COMMENT ON TABLE invoice IS
    'What an account owes, or owed. Once issued it only moves on: paid, credited, void, uncollectible';
COMMENT ON COLUMN invoice.subject IS 'What it is for, where that is no subscription: a credit pack';
SELECT protect_tenant_table('invoice', 'SELECT, INSERT, UPDATE');

CREATE TABLE invoice_line (
    account_id      uuid NOT NULL,
    id              uuid NOT NULL DEFAULT uuidv7(),
    invoice_id      uuid NOT NULL,
    position        integer NOT NULL CHECK (position > 0),
    description     text NOT NULL CHECK (length(description) BETWEEN 1 AND 500),
    quantity        integer NOT NULL CHECK (quantity > 0),
    unit_minor      bigint NOT NULL,
    amount_minor    bigint NOT NULL,
    period_start    timestamptz,
    period_end      timestamptz,
    plan_version_id uuid REFERENCES plan_version (id),
    PRIMARY KEY (account_id, id),
    UNIQUE (account_id, invoice_id, position),
    FOREIGN KEY (account_id, invoice_id) REFERENCES invoice (account_id, id),
    CHECK (amount_minor = quantity * unit_minor),
    CHECK ((period_start IS NULL) = (period_end IS NULL) AND period_end > period_start)
);
COMMENT ON TABLE invoice_line IS
    'A line of an invoice; its amount is with tax where the invoice is tax-inclusive';
SELECT protect_tenant_table('invoice_line', 'SELECT, INSERT');

CREATE TABLE credit_note (
    account_id       uuid NOT NULL,
    id               uuid NOT NULL DEFAULT uuidv7(),
    invoice_id       uuid NOT NULL,
    number           text NOT NULL UNIQUE,
    currency         text NOT NULL,
    subtotal_minor   bigint NOT NULL CHECK (subtotal_minor >= 0),
    tax_minor        bigint NOT NULL CHECK (tax_minor >= 0),
    total_minor      bigint NOT NULL CHECK (total_minor > 0),
    reason           text NOT NULL CHECK (length(reason) BETWEEN 1 AND 500),
    billing_snapshot jsonb NOT NULL,
    seller_snapshot  jsonb NOT NULL,
    issued_at        timestamptz NOT NULL,
    issued_by        uuid,
    PRIMARY KEY (account_id, id),
    FOREIGN KEY (account_id, invoice_id) REFERENCES invoice (account_id, id),
    CHECK (total_minor = subtotal_minor + tax_minor)
);
CREATE INDEX credit_note_invoice ON credit_note (account_id, invoice_id);
COMMENT ON TABLE credit_note IS 'Takes back an issued invoice, or a part of it; never changed';
SELECT protect_tenant_table('credit_note', 'SELECT, INSERT');
-- Only to take the person out of it when the account is erased; see the trigger below
GRANT UPDATE ON credit_note TO igny8_platform;

CREATE FUNCTION keep_issued_invoice() RETURNS trigger
    LANGUAGE plpgsql AS $$
DECLARE
    movable CONSTANT text[] :=
        '{status,paid_minor,credited_minor,paid_at,closed_at}';
    lines bigint;
BEGIN
    IF OLD.status = 'draft' THEN
        IF NEW.status <> 'draft' THEN
            SELECT coalesce(sum(amount_minor), 0) INTO lines FROM invoice_line
             WHERE account_id = NEW.account_id AND invoice_id = NEW.id;
            IF lines <> (CASE WHEN NEW.is_tax_inclusive THEN NEW.total_minor
                              ELSE NEW.subtotal_minor END) THEN
                RAISE EXCEPTION 'The lines of an invoice come to %', lines
                    USING ERRCODE = 'check_violation';
            END IF;
        END IF;
        RETURN NEW;
    END IF;
    IF to_jsonb(NEW) - movable - 'billing_snapshot' <> to_jsonb(OLD) - movable - 'billing_snapshot'
       -- The person can be taken out of it, when the account is erased; nobody else be put in
       OR (NEW.billing_snapshot <> OLD.billing_snapshot AND NEW.billing_snapshot <> '{}') THEN
        RAISE EXCEPTION 'An issued invoice is never changed; correct it by a credit note'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF NEW.status <> OLD.status AND (OLD.status, NEW.status) NOT IN (
            ('open', 'paid'), ('open', 'void'), ('open', 'uncollectible'),
            ('uncollectible', 'paid'), ('paid', 'open')) THEN
        RAISE EXCEPTION 'An invoice that is % cannot become %', OLD.status, NEW.status
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
COMMENT ON FUNCTION keep_issued_invoice() IS
    'An issued invoice stays as it is, but for how it was settled. Paid becomes open where the
     payment was taken back';
CREATE TRIGGER invoice_is_kept BEFORE UPDATE ON invoice
    FOR EACH ROW EXECUTE FUNCTION keep_issued_invoice();

CREATE FUNCTION keep_invoice_lines() RETURNS trigger
    LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM invoice WHERE account_id = NEW.account_id AND id = NEW.invoice_id
                      AND status = 'draft') THEN
        RAISE EXCEPTION 'An issued invoice takes no more lines'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER invoice_line_comes_before_issue BEFORE INSERT ON invoice_line
    FOR EACH ROW EXECUTE FUNCTION keep_invoice_lines();
CREATE TRIGGER invoice_line_is_kept BEFORE UPDATE OR DELETE ON invoice_line
    FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE FUNCTION keep_credit_note() RETURNS trigger
    LANGUAGE plpgsql AS $$
BEGIN
    IF to_jsonb(NEW) - 'billing_snapshot' <> to_jsonb(OLD) - 'billing_snapshot'
       OR NEW.billing_snapshot <> '{}' THEN
        RAISE EXCEPTION 'A credit note is never changed' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER credit_note_is_kept BEFORE UPDATE ON credit_note
    FOR EACH ROW EXECUTE FUNCTION keep_credit_note();
CREATE TRIGGER credit_note_stays BEFORE DELETE ON credit_note
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER invoice_stays BEFORE DELETE ON invoice
    FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TABLE customer_balance (
    account_id    uuid NOT NULL REFERENCES account (id),
    id            text NOT NULL CHECK (id ~ '^[A-Z]{3}$'),
    balance_minor bigint NOT NULL CHECK (balance_minor >= 0),
    PRIMARY KEY (account_id, id)
);
COMMENT ON TABLE customer_balance IS
    'Money of a customer''s that pays their next invoices; id is its currency';
SELECT protect_tenant_table('customer_balance', 'SELECT, INSERT, UPDATE');

CREATE TABLE customer_balance_entry (
    account_id          uuid NOT NULL REFERENCES account (id),
    id                  uuid NOT NULL DEFAULT uuidv7(),
    currency            text NOT NULL,
    amount_minor        bigint NOT NULL CHECK (amount_minor <> 0),
    balance_after_minor bigint NOT NULL CHECK (balance_after_minor >= 0),
    reason              text NOT NULL CHECK (reason IN
        ('overpayment', 'credit_note', 'plan_change', 'invoice', 'refund', 'adjustment')),
    invoice_id          uuid,
    description         text NOT NULL,
    created_at          timestamptz NOT NULL,
    PRIMARY KEY (account_id, id),
    FOREIGN KEY (account_id, invoice_id) REFERENCES invoice (account_id, id)
);
COMMENT ON TABLE customer_balance_entry IS 'How a customer''s money came and went; append-only';
SELECT protect_tenant_table('customer_balance_entry', 'SELECT, INSERT');
CREATE TRIGGER customer_balance_entry_is_append_only BEFORE UPDATE OR DELETE
    ON customer_balance_entry FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TABLE payment_method (
    account_id         uuid NOT NULL REFERENCES account (id),
    id                 uuid NOT NULL DEFAULT uuidv7(),
    type               text NOT NULL CHECK (type IN ('stripe', 'paypal', 'bank_transfer')),
    is_default         boolean NOT NULL,
    customer_reference text,
    method_reference   text,
    details            jsonb NOT NULL DEFAULT '{}',
    created_at         timestamptz NOT NULL,
    removed_at         timestamptz,
    PRIMARY KEY (account_id, id),
    CHECK (NOT is_default OR removed_at IS NULL)
);
CREATE UNIQUE INDEX payment_method_default ON payment_method (account_id) WHERE is_default;
CREATE UNIQUE INDEX payment_method_reference ON payment_method (account_id, type, method_reference)
    WHERE removed_at IS NULL;
CREATE UNIQUE INDEX payment_method_bank_transfer ON payment_method (account_id)
    WHERE type = 'bank_transfer' AND removed_at IS NULL;
COMMENT ON TABLE payment_method IS
    'How an account pays, and the only place that says so. The references are the provider''s';
SELECT protect_tenant_table('payment_method', 'SELECT, INSERT, UPDATE');

CREATE TABLE payment (
    account_id         uuid NOT NULL REFERENCES account (id),
    id                 uuid NOT NULL DEFAULT uuidv7(),
    invoice_id         uuid,
    payment_method_id  uuid,
    provider           text NOT NULL CHECK (provider IN
        ('stripe', 'paypal', 'bank_transfer', 'balance')),
    provider_reference text,
    status             text NOT NULL CHECK (status IN
        ('pending', 'succeeded', 'failed', 'refunded', 'partially_refunded')),
    amount_minor       bigint NOT NULL CHECK (amount_minor > 0),
    refunded_minor     bigint NOT NULL DEFAULT 0 CHECK (refunded_minor BETWEEN 0 AND amount_minor),
    currency           text NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
    payer_name         text,
    proof_url          text,
    failure_code       text,
    failure_message    text,
    confirmed_by       uuid,
    created_at         timestamptz NOT NULL,
    settled_at         timestamptz,
    PRIMARY KEY (account_id, id),
    FOREIGN KEY (account_id, invoice_id) REFERENCES invoice (account_id, id),
    FOREIGN KEY (account_id, payment_method_id) REFERENCES payment_method (account_id, id),
    CHECK ((status = 'pending') = (settled_at IS NULL)),
    CHECK ((status = 'refunded') = (refunded_minor = amount_minor)),
    CHECK ((status = 'partially_refunded')
           = (refunded_minor > 0 AND refunded_minor < amount_minor)),
    CHECK (status <> 'failed' OR failure_code IS NOT NULL)
);
CREATE UNIQUE INDEX payment_reference ON payment (provider, provider_reference);
CREATE INDEX payment_invoice ON payment (account_id, invoice_id);
COMMENT ON TABLE payment IS
    'Money that came in, is to come in or did not; a reference of a provider''s stands for one';
SELECT protect_tenant_table('payment', 'SELECT, INSERT, UPDATE');

CREATE TABLE refund (
    account_id         uuid NOT NULL,
    id                 uuid NOT NULL DEFAULT uuidv7(),
    payment_id         uuid NOT NULL,
    credit_note_id     uuid,
    provider_reference text,
    status             text NOT NULL CHECK (status IN ('pending', 'succeeded', 'failed')),
    amount_minor       bigint NOT NULL CHECK (amount_minor > 0),
    reason             text NOT NULL,
    created_at         timestamptz NOT NULL,
    settled_at         timestamptz,
    PRIMARY KEY (account_id, id),
    FOREIGN KEY (account_id, payment_id) REFERENCES payment (account_id, id),
    FOREIGN KEY (account_id, credit_note_id) REFERENCES credit_note (account_id, id),
    CHECK ((status = 'pending') = (settled_at IS NULL))
);
CREATE UNIQUE INDEX refund_reference ON refund (account_id, payment_id, provider_reference);
COMMENT ON TABLE refund IS 'Money that went back; all of a payment''s come to no more than it';
SELECT protect_tenant_table('refund', 'SELECT, INSERT, UPDATE');

-- What a subscription needs to be renewed
ALTER TABLE subscription
    ADD COLUMN anchor_at            timestamptz,
    ADD COLUMN billing_interval     text NOT NULL DEFAULT 'month'
        CHECK (billing_interval IN ('month', 'year')),
    ADD COLUMN next_plan_id         uuid,
    ADD COLUMN next_plan_version_id uuid,
    ADD COLUMN past_due_since       timestamptz,
    ADD COLUMN dunning_step         integer NOT NULL DEFAULT 0 CHECK (dunning_step >= 0),
    ADD COLUMN next_attempt_at      timestamptz,
    ADD FOREIGN KEY (next_plan_id, next_plan_version_id) REFERENCES plan_version (plan_id, id),
    ADD CHECK ((next_plan_id IS NULL) = (next_plan_version_id IS NULL));
UPDATE subscription SET anchor_at = current_period_start;
ALTER TABLE subscription ALTER COLUMN anchor_at SET NOT NULL;
CREATE INDEX subscription_due ON subscription (current_period_end) WHERE status <> 'canceled';
COMMENT ON COLUMN subscription.anchor_at IS
    'Periods are calendar months counted from here: 31 January, 28 February, 31 March';
COMMENT ON COLUMN subscription.next_plan_version_id IS 'What it changes to at the period''s end';

CREATE TABLE scheduled_grant (
    account_id      uuid NOT NULL,
    id              uuid NOT NULL DEFAULT uuidv7(),
    subscription_id uuid NOT NULL,
    plan_version_id uuid NOT NULL REFERENCES plan_version (id),
    due_at          timestamptz NOT NULL,
    ends_at         timestamptz NOT NULL,
    credits         bigint NOT NULL CHECK (credits > 0),
    granted_at      timestamptz,
    dropped_at      timestamptz,
    PRIMARY KEY (account_id, id),
    UNIQUE (account_id, subscription_id, due_at),
    FOREIGN KEY (account_id, subscription_id) REFERENCES subscription (account_id, id),
    CHECK (ends_at > due_at),
    CHECK (granted_at IS NULL OR dropped_at IS NULL)
);
CREATE INDEX scheduled_grant_due ON scheduled_grant (due_at)
    WHERE granted_at IS NULL AND dropped_at IS NULL;
COMMENT ON TABLE scheduled_grant IS
    'Credits of months that are paid for and have not begun; granted once, or dropped';
SELECT protect_tenant_table('scheduled_grant', 'SELECT, INSERT, UPDATE');
