-- Dossiers and what hangs on them, partitioned by year of filing: an id begins with its year.
-- A code names its day, so a unique code within a year's partition is unique for ever.

CREATE SEQUENCE dossiers_dossier_id;

CREATE TABLE dossiers_daily_number (
    organisation_id bigint NOT NULL REFERENCES organisations_organisation,
    day date NOT NULL,
    last integer NOT NULL,
    PRIMARY KEY (organisation_id, day)
) WITH (fillfactor = 50);

CREATE TABLE dossiers_dossier (
    id bigint PRIMARY KEY,
    code text NOT NULL CHECK (code ~ '^[A-Z0-9.]+-\d{6}-\d{4,7}$'),
    version_id bigint NOT NULL REFERENCES procedures_procedureversion,
    procedure_code text NOT NULL,
    variant text NOT NULL,
    channel text NOT NULL CHECK (channel IN ('online', 'direct', 'post')),
    helped_at_id bigint REFERENCES organisations_organisation,
    reception_id bigint NOT NULL REFERENCES organisations_organisation,
    authority_id bigint NOT NULL REFERENCES organisations_organisation,
    applicant_number text NOT NULL CHECK (applicant_number ~ '^[0-9]{12}$'),
    applicant_name text NOT NULL,
    applicant_key text NOT NULL,
    contact jsonb NOT NULL,
    filed_by text NOT NULL,
    answers jsonb NOT NULL,
    sources jsonb NOT NULL,
    delivery text NOT NULL CHECK (delivery IN ('online', 'direct', 'post')),
    fee bigint CHECK (fee >= 0),
    state smallint NOT NULL CHECK (state BETWEEN 1 AND 10),
    filed_at timestamptz NOT NULL,
    last_at timestamptz NOT NULL CHECK (last_at >= filed_at),
    received_at timestamptz CHECK (received_at >= filed_at),
    due_at timestamptz CHECK (due_at >= received_at),
    first_due_at timestamptz CHECK (first_due_at >= received_at),
    stopped_at timestamptz CHECK (stopped_at >= received_at),
    closed_at timestamptz CHECK (closed_at >= filed_at),
    returned_at timestamptz CHECK (returned_at >= closed_at),
    outcome text CHECK (outcome IN ('approved', 'denied')),
    supplements smallint NOT NULL CHECK (supplements >= 0),
    apologies smallint NOT NULL CHECK (apologies BETWEEN 0 AND 1),
    step text NOT NULL,
    handler_id bigint REFERENCES identity_account,
    proposal text CHECK (proposal IN ('approved', 'denied')),
    result_id uuid REFERENCES documents_storedfile,
    digitised boolean NOT NULL,
    acts smallint NOT NULL CHECK (acts >= 1),
    changed xid8 NOT NULL DEFAULT pg_current_xact_id(),

    CONSTRAINT received_has_moment CHECK (received_at IS NOT NULL OR state IN (1, 3, 5, 7)),
    CONSTRAINT filed_is_not_received CHECK (state <> 1 OR received_at IS NULL),
    CONSTRAINT refused_is_not_received CHECK (state <> 3 OR received_at IS NULL),
    CONSTRAINT closed_when_ended CHECK ((closed_at IS NOT NULL) = (state IN (3, 7, 9, 10))),
    CONSTRAINT stopped_while_waiting CHECK ((stopped_at IS NOT NULL) = (state IN (5, 6, 8) AND received_at IS NOT NULL)),
    CONSTRAINT decided_has_outcome CHECK ((outcome IS NOT NULL) = (state IN (9, 10))),
    CONSTRAINT returned_has_moment CHECK ((returned_at IS NOT NULL) = (state = 10)),
    CONSTRAINT digitised_when_decided CHECK (NOT digitised OR outcome IS NOT NULL),
    CONSTRAINT kept_result_is_digitised CHECK (result_id IS NULL OR digitised),
    CONSTRAINT due_needs_first CHECK ((due_at IS NULL) = (first_due_at IS NULL)),
    CONSTRAINT due_needs_receipt CHECK (due_at IS NULL OR received_at IS NOT NULL)
) PARTITION BY RANGE (id);

CREATE TABLE dossiers_movement (
    dossier_id bigint NOT NULL REFERENCES dossiers_dossier,
    number smallint NOT NULL CHECK (number >= 1),
    act text NOT NULL,
    at timestamptz NOT NULL,
    before smallint,
    after smallint NOT NULL,
    actor text NOT NULL,
    actor_name text NOT NULL,
    note text NOT NULL,
    due_before timestamptz,
    due_after timestamptz,
    facts jsonb NOT NULL,
    document_id uuid REFERENCES documents_storedfile,
    PRIMARY KEY (dossier_id, number)
) PARTITION BY RANGE (dossier_id);

CREATE TABLE dossiers_paper (
    dossier_id bigint NOT NULL REFERENCES dossiers_dossier,
    number smallint NOT NULL CHECK (number >= 1),
    key text NOT NULL,
    name text NOT NULL,
    action text NOT NULL CHECK (action IN ('submit', 'present', 'looked_up')),
    file_id uuid REFERENCES documents_storedfile,
    source text NOT NULL,
    given_at timestamptz NOT NULL,
    replaced boolean NOT NULL,
    seen_at timestamptz,
    verdict text CHECK (verdict IN ('good', 'flawed')),
    remark text NOT NULL,
    PRIMARY KEY (dossier_id, number)
) PARTITION BY RANGE (dossier_id);

CREATE INDEX dossiers_applicant ON dossiers_dossier (applicant_number);
CREATE INDEX dossiers_authority_received ON dossiers_dossier (authority_id, received_at);
CREATE INDEX dossiers_authority_open ON dossiers_dossier (authority_id, due_at) WHERE closed_at IS NULL;
CREATE INDEX dossiers_reception_open ON dossiers_dossier (reception_id, due_at) WHERE returned_at IS NULL;
CREATE INDEX dossiers_reception_filed ON dossiers_dossier (reception_id, filed_at);
CREATE INDEX dossiers_late ON dossiers_dossier (due_at) WHERE closed_at IS NULL AND stopped_at IS NULL;
CREATE INDEX dossiers_changed ON dossiers_dossier (changed);

-- One year's partition of each table, with the unique code. Called by migrations and `lienthong maintain`.
CREATE FUNCTION dossiers_open_year(year integer) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    base text;
BEGIN
    FOREACH base IN ARRAY ARRAY['dossiers_dossier', 'dossiers_movement', 'dossiers_paper'] LOOP
        EXECUTE format('CREATE TABLE IF NOT EXISTS %I PARTITION OF %I FOR VALUES FROM (%s) TO (%s)',
            base || '_' || year, base, year::bigint * 100000000000, (year + 1)::bigint * 100000000000);
        -- A partition has rights of its own: who reaches it by its name would go past the table's.
        IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'lienthong_app') THEN
            EXECUTE format('REVOKE ALL ON %I FROM lienthong_app', base || '_' || year);
        END IF;
    END LOOP;
    EXECUTE format('CREATE UNIQUE INDEX IF NOT EXISTS %I ON %I (code)', 'dossiers_code_' || year, 'dossiers_dossier_' || year);
END $$;
SELECT dossiers_open_year(year) FROM generate_series(2026, 2027) year;

-- A dossier that changes its authority leaves a month's count of the one before: indicators read that here.
CREATE TABLE dossiers_left (
    authority_id bigint NOT NULL,
    procedure_code text NOT NULL,
    month date NOT NULL,
    changed xid8 NOT NULL
);
CREATE INDEX dossiers_left_changed ON dossiers_left (changed);

-- The door in SQL: what rooms above may count. A received dossier, without its person.
CREATE VIEW dossiers_fact AS
SELECT d.id, d.authority_id, d.procedure_code, d.received_at, d.changed, d.due_at, d.outcome,
    date_trunc('month', d.received_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date AS month,
    d.channel = 'online' AS is_online,
    COALESCE(v.content -> 'delivery' ->> 'value' = 'full', false) AS is_full,
    COALESCE(d.closed_at, d.stopped_at) AS ended_at,
    d.digitised
FROM dossiers_dossier d JOIN procedures_procedureversion v ON v.id = d.version_id
WHERE d.received_at IS NOT NULL;

-- `changed` is the transaction that last touched a row: indicators recount what moved since they looked.
CREATE FUNCTION dossiers_touch() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.changed := pg_current_xact_id();
    IF OLD.authority_id <> NEW.authority_id AND OLD.received_at IS NOT NULL THEN
        INSERT INTO dossiers_left VALUES (OLD.authority_id, OLD.procedure_code,
            date_trunc('month', OLD.received_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date, NEW.changed);
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER dossiers_touch BEFORE UPDATE ON dossiers_dossier FOR EACH ROW EXECUTE FUNCTION dossiers_touch();

DO $$
BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'lienthong_app') THEN
        REVOKE UPDATE, DELETE, TRUNCATE ON dossiers_movement FROM lienthong_app;
        REVOKE DELETE, TRUNCATE ON dossiers_dossier, dossiers_paper, dossiers_daily_number FROM lienthong_app;
        REVOKE UPDATE, DELETE, TRUNCATE ON dossiers_left FROM lienthong_app;
    END IF;
END $$;
