-- Lanes: the heads of the chains. The trigger below is their only writer.
CREATE TABLE audit_lane (
    lane smallint PRIMARY KEY,
    seq bigint NOT NULL,
    hash bytea NOT NULL
) WITH (fillfactor = 20);

CREATE SEQUENCE audit_entry_id;

-- Partitioned by month of recording; `lienthong maintain` makes the months to come.
CREATE TABLE audit_entry (
    id bigint NOT NULL DEFAULT nextval('audit_entry_id'),
    recorded_at timestamptz NOT NULL DEFAULT now(),
    at timestamptz NOT NULL,
    actor text NOT NULL,
    event text NOT NULL,
    subject text NOT NULL,
    facts text NOT NULL,
    lane smallint NOT NULL,
    seq bigint NOT NULL,
    previous bytea NOT NULL,
    hash bytea NOT NULL,
    PRIMARY KEY (id, recorded_at)
) PARTITION BY RANGE (recorded_at);

CREATE TABLE audit_entry_other PARTITION OF audit_entry DEFAULT;

-- One month's partition, in UTC. Nobody but the owner may touch it.
CREATE FUNCTION audit_open_month(month date) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    name text := 'audit_entry_' || to_char(month, 'YYYY_MM');
BEGIN
    EXECUTE format('CREATE TABLE IF NOT EXISTS %I PARTITION OF audit_entry FOR VALUES FROM (%L) TO (%L)',
        name, month::timestamp AT TIME ZONE 'UTC', (month + interval '1 month')::timestamp AT TIME ZONE 'UTC');
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'lienthong_app') THEN
        EXECUTE format('REVOKE ALL ON %I FROM lienthong_app', name);
    END IF;
END $$;
SELECT audit_open_month(month::date) FROM generate_series('2026-11-01'::date, '2027-12-01', '1 month') month;
CREATE INDEX audit_entry_subject ON audit_entry (subject, id);
CREATE INDEX audit_entry_lane ON audit_entry (lane, seq);

-- What is hashed: the previous hash, then every column in this order, split by U+001F.
-- lienthong.audit.queries.link_hash says the same in Python, so that an auditor needs no database.
CREATE FUNCTION audit_link() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    held text := current_setting('lienthong.audit_lane', true);
    head audit_lane;
BEGIN
    IF NEW.recorded_at <> now() THEN
        RAISE EXCEPTION 'recorded_at is the database''s to fill';
    END IF;
    IF held <> '' THEN
        SELECT * INTO head FROM audit_lane WHERE lane = held::smallint FOR UPDATE;
    ELSE
        SELECT * INTO head FROM audit_lane ORDER BY lane FOR UPDATE SKIP LOCKED LIMIT 1;
        IF NOT FOUND THEN
            INSERT INTO audit_lane SELECT n, 0, sha256(convert_to('lane ' || n, 'UTF8'))
                FROM generate_series(0, 63) n ON CONFLICT DO NOTHING;
            SELECT * INTO head FROM audit_lane WHERE lane = pg_backend_pid() % 64 FOR UPDATE;
        END IF;
        PERFORM set_config('lienthong.audit_lane', head.lane::text, true);
    END IF;
    NEW.lane := head.lane;
    NEW.seq := head.seq + 1;
    NEW.previous := head.hash;
    NEW.hash := sha256(head.hash || convert_to(concat_ws(E'\x1f', NEW.lane, NEW.seq,
        to_char(NEW.recorded_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'),
        to_char(NEW.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'),
        NEW.actor, NEW.event, NEW.subject, NEW.facts), 'UTF8'));
    UPDATE audit_lane SET seq = NEW.seq, hash = NEW.hash WHERE lane = head.lane;
    RETURN NEW;
END $$;
CREATE TRIGGER audit_link BEFORE INSERT ON audit_entry FOR EACH ROW EXECUTE FUNCTION audit_link();

CREATE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the record is append-only';
END $$;
CREATE TRIGGER audit_refuse BEFORE UPDATE OR DELETE ON audit_entry
    FOR EACH ROW EXECUTE FUNCTION audit_refuse();

DO $$
BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'lienthong_app') THEN
        REVOKE ALL ON audit_entry, audit_entry_other, audit_lane FROM lienthong_app;
        GRANT SELECT, INSERT ON audit_entry TO lienthong_app;
        GRANT SELECT ON audit_lane TO lienthong_app;
    END IF;
END $$;
