-- Money that went back, and what it leaves open behind it.

-- What is there is brought in line below; who owns the tables would see none of it otherwise
ALTER TABLE invoice NO FORCE ROW LEVEL SECURITY;
ALTER TABLE credit_note NO FORCE ROW LEVEL SECURITY;
ALTER TABLE payment NO FORCE ROW LEVEL SECURITY;
ALTER TABLE customer_balance_entry NO FORCE ROW LEVEL SECURITY;

ALTER TABLE invoice
    ADD COLUMN returned_minor bigint NOT NULL DEFAULT 0,
    ADD COLUMN first_paid_at  timestamptz,
    ADD COLUMN service_start  timestamptz,
    ADD COLUMN service_end    timestamptz;
COMMENT ON COLUMN invoice.paid_minor IS
    'What came in for it and was not taken back; what credit notes gave back of it is in it too';
COMMENT ON COLUMN invoice.returned_minor IS 'What credit notes gave back of what was paid';
COMMENT ON COLUMN invoice.first_paid_at IS
    'When nothing was due for the first time: what it is for was delivered then, and is not again';
COMMENT ON COLUMN invoice.service_start IS
    'From when on it was delivered, where that is not the period of its line: it was paid late';

CREATE OR REPLACE FUNCTION keep_issued_invoice() RETURNS trigger
    LANGUAGE plpgsql AS $$
DECLARE
    movable CONSTANT text[] :=
        '{status,paid_minor,credited_minor,returned_minor,paid_at,first_paid_at,closed_at,
          service_start,service_end}';
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
    IF (OLD.first_paid_at IS NOT NULL AND NEW.first_paid_at IS DISTINCT FROM OLD.first_paid_at)
       OR (OLD.service_start IS NOT NULL
           AND (NEW.service_start, NEW.service_end)
               IS DISTINCT FROM (OLD.service_start, OLD.service_end)) THEN
        RAISE EXCEPTION 'What an invoice is for is delivered once'
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

UPDATE invoice
   SET returned_minor = (SELECT coalesce(sum(balance_minor + refund_minor), 0) FROM credit_note
                          WHERE credit_note.account_id = invoice.account_id
                            AND credit_note.invoice_id = invoice.id),
       first_paid_at = CASE WHEN status = 'paid' THEN paid_at END
 WHERE status <> 'draft';
ALTER TABLE invoice
    ADD CHECK (returned_minor BETWEEN 0 AND paid_minor),
    ADD CHECK (paid_minor - returned_minor + credited_minor <= total_minor),
    ADD CHECK (status <> 'paid' OR paid_minor - returned_minor + credited_minor = total_minor),
    ADD CHECK (status <> 'paid' OR first_paid_at IS NOT NULL),
    ADD CHECK (status <> 'void' OR first_paid_at IS NULL),
    ADD CHECK ((service_start IS NULL) = (service_end IS NULL) AND service_end > service_start);

-- What a payment's invoice had no need of became the customer's balance
ALTER TABLE payment
    ADD COLUMN invoice_minor bigint NOT NULL DEFAULT 0,
    ADD CHECK (invoice_minor BETWEEN 0 AND amount_minor);
COMMENT ON COLUMN payment.invoice_minor IS
    'What its invoice needed of it; the rest became the customer''s balance';
-- Which of several payments of an invoice was the one too many was not written down: the last
UPDATE payment
   SET invoice_minor = payment.amount_minor
           - CASE WHEN is_last.it THEN least(payment.amount_minor, kept.minor) ELSE 0 END
  FROM payment AS each,
       LATERAL (SELECT coalesce(sum(entry.amount_minor), 0) AS minor
                  FROM customer_balance_entry AS entry
                 WHERE entry.account_id = each.account_id AND entry.invoice_id = each.invoice_id
                   AND entry.reason = 'overpayment') AS kept,
       LATERAL (SELECT NOT EXISTS (
                    SELECT FROM payment AS later
                     WHERE later.account_id = each.account_id
                       AND later.invoice_id = each.invoice_id
                       AND later.status NOT IN ('pending', 'failed')
                       AND (later.settled_at, later.id) > (each.settled_at, each.id)) AS it)
           AS is_last
 WHERE payment.account_id = each.account_id AND payment.id = each.id
   AND payment.status NOT IN ('pending', 'failed');

ALTER TABLE refund
    ADD COLUMN balance_minor  bigint NOT NULL DEFAULT 0 CHECK (balance_minor >= 0),
    ADD COLUMN reopened_minor bigint NOT NULL DEFAULT 0 CHECK (reopened_minor >= 0),
    ADD CHECK (balance_minor + reopened_minor <= amount_minor),
    ADD CHECK (credit_note_id IS NULL OR reopened_minor = 0);
COMMENT ON COLUMN refund.balance_minor IS 'What of it was taken from the customer''s balance';
COMMENT ON COLUMN refund.reopened_minor IS
    'What of it is to be paid again on the invoice, as no credit note answers for it';

ALTER TABLE invoice FORCE ROW LEVEL SECURITY;
ALTER TABLE credit_note FORCE ROW LEVEL SECURITY;
ALTER TABLE payment FORCE ROW LEVEL SECURITY;
ALTER TABLE customer_balance_entry FORCE ROW LEVEL SECURITY;
