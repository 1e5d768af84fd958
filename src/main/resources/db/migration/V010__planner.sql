CREATE TABLE cluster (
    account_id    uuid NOT NULL,
    id            uuid NOT NULL DEFAULT uuidv7(),
    site_id       uuid NOT NULL,
    name          text NOT NULL CHECK (length(name) BETWEEN 1 AND 500),
    name_is_given boolean NOT NULL DEFAULT false,
    intent        text CHECK (intent IN
        ('informational', 'navigational', 'commercial', 'transactional')),
    status        text NOT NULL DEFAULT 'new' CHECK (status IN ('new', 'mapped', 'ignored')),
    created_at    timestamptz NOT NULL DEFAULT now(),
    updated_at    timestamptz NOT NULL DEFAULT now(),
    deleted_at    timestamptz,
    PRIMARY KEY (account_id, id),
    UNIQUE (account_id, site_id, id),
    FOREIGN KEY (account_id, site_id) REFERENCES site (account_id, id)
);
CREATE INDEX cluster_site ON cluster (account_id, site_id) WHERE deleted_at IS NULL;
COMMENT ON TABLE cluster IS 'Keywords that mean the same to a searcher; name_is_given by a person';
SELECT protect_tenant_table('cluster', 'SELECT, INSERT, UPDATE');

CREATE TABLE keyword (
    account_id       uuid NOT NULL,
    id               uuid NOT NULL DEFAULT uuidv7(),
    site_id          uuid NOT NULL,
    sector_id        uuid,
    keyword          text NOT NULL CHECK (length(keyword) BETWEEN 1 AND 500),
    folded           text NOT NULL,
    country          text,
    language         text,
    volume           bigint CHECK (volume >= 0),
    difficulty       smallint CHECK (difficulty BETWEEN 0 AND 100),
    cpc_micros       bigint CHECK (cpc_micros >= 0),
    intent           text CHECK (intent IN
        ('informational', 'navigational', 'commercial', 'transactional')),
    serp_urls        text[] NOT NULL DEFAULT '{}',
    status           text NOT NULL DEFAULT 'new'
        CHECK (status IN ('new', 'clustered', 'mapped', 'ignored')),
    cluster_id       uuid,
    cluster_is_given boolean NOT NULL DEFAULT false,
    created_at       timestamptz NOT NULL DEFAULT now(),
    updated_at       timestamptz NOT NULL DEFAULT now(),
    deleted_at       timestamptz,
    PRIMARY KEY (account_id, id),
    FOREIGN KEY (account_id, site_id) REFERENCES site (account_id, id),
    FOREIGN KEY (account_id, site_id, sector_id) REFERENCES sector (account_id, site_id, id),
    FOREIGN KEY (account_id, site_id, cluster_id) REFERENCES cluster (account_id, site_id, id),
    CHECK ((status = 'new') <= (cluster_id IS NULL))
);
CREATE UNIQUE INDEX keyword_once ON keyword (account_id, site_id, folded, country, language)
    NULLS NOT DISTINCT WHERE deleted_at IS NULL;
CREATE INDEX keyword_cluster ON keyword (account_id, cluster_id) WHERE deleted_at IS NULL;
COMMENT ON TABLE keyword IS
    'A search; folded is its lower-case form, cluster_is_given where a person put it there';
COMMENT ON COLUMN keyword.cpc_micros IS 'Cost per click in millionths of the currency unit';
SELECT protect_tenant_table('keyword', 'SELECT, INSERT, UPDATE');

CREATE TABLE keyword_upload (
    account_id uuid NOT NULL,
    id         uuid NOT NULL DEFAULT uuidv7(),
    site_id    uuid NOT NULL,
    file_name  text NOT NULL,
    content    bytea NOT NULL,
    created_by uuid NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (account_id, id),
    FOREIGN KEY (account_id, site_id) REFERENCES site (account_id, id)
);
ALTER TABLE keyword_upload ALTER COLUMN content SET STORAGE EXTERNAL;
COMMENT ON TABLE keyword_upload IS 'A file between its preview and its import; kept for a day';
SELECT protect_tenant_table('keyword_upload', 'SELECT, INSERT, DELETE');
