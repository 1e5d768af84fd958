CREATE TABLE site (
    account_id  uuid NOT NULL REFERENCES account (id),
    id          uuid NOT NULL DEFAULT uuidv7(),
    name        text NOT NULL CHECK (length(name) BETWEEN 1 AND 120),
    slug        text NOT NULL,
    domain      text NOT NULL,
    industry_id integer NOT NULL REFERENCES industry (id),
    status      text NOT NULL DEFAULT 'active' CHECK (status IN ('active', 'inactive')),
    is_active   boolean GENERATED ALWAYS AS (status = 'active') STORED,
    created_by  uuid NOT NULL,
    created_at  timestamptz NOT NULL DEFAULT now(),
    updated_at  timestamptz NOT NULL DEFAULT now(),
    deleted_at  timestamptz,
    PRIMARY KEY (account_id, id),
    UNIQUE (account_id, slug),
    UNIQUE (account_id, id, industry_id)
);
CREATE UNIQUE INDEX site_domain ON site (account_id, domain) WHERE deleted_at IS NULL;
COMMENT ON TABLE site IS 'A web site of an account';
SELECT protect_tenant_table('site', 'SELECT, INSERT, UPDATE');

CREATE TABLE sector (
    account_id         uuid NOT NULL,
    id                 uuid NOT NULL DEFAULT uuidv7(),
    site_id            uuid NOT NULL,
    name               text NOT NULL CHECK (length(name) BETWEEN 1 AND 120),
    slug               text NOT NULL,
    industry_id        integer NOT NULL,
    industry_sector_id integer NOT NULL,
    created_at         timestamptz NOT NULL DEFAULT now(),
    deleted_at         timestamptz,
    PRIMARY KEY (account_id, id),
    UNIQUE (account_id, site_id, slug),
    UNIQUE (account_id, site_id, id),
    FOREIGN KEY (account_id, site_id, industry_id) REFERENCES site (account_id, id, industry_id),
    FOREIGN KEY (industry_id, industry_sector_id) REFERENCES industry_sector (industry_id, id)
);
CREATE UNIQUE INDEX sector_business ON sector (account_id, site_id, industry_sector_id)
    WHERE deleted_at IS NULL;
COMMENT ON TABLE sector IS
    'A line of business on a site; both keys share industry_id, so they cannot disagree';
SELECT protect_tenant_table('sector', 'SELECT, INSERT, UPDATE');

CREATE TABLE site_access (
    account_id uuid NOT NULL,
    id         uuid NOT NULL DEFAULT uuidv7(),
    user_id    uuid NOT NULL REFERENCES app_user (id),
    site_id    uuid NOT NULL,
    granted_by uuid NOT NULL,
    granted_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (account_id, id),
    UNIQUE (account_id, site_id, user_id),
    FOREIGN KEY (account_id, site_id) REFERENCES site (account_id, id)
);
COMMENT ON TABLE site_access IS 'Lets a viewer or editor reach a site; owner and admin reach all';
SELECT protect_tenant_table('site_access', 'SELECT, INSERT, DELETE');
