-- Opens a month also when entries of that month already lie among the leftovers: they are moved, byte for
-- byte, while nobody writes. The partition of leftovers stands apart meanwhile, so that neither the trigger
-- that links (they are linked) nor the one that refuses touches them.
CREATE OR REPLACE FUNCTION audit_open_month(month date) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    name text := 'audit_entry_' || to_char(month, 'YYYY_MM');
    first timestamptz := month::timestamp AT TIME ZONE 'UTC';
    past timestamptz := (month + interval '1 month')::timestamp AT TIME ZONE 'UTC';
BEGIN
    IF to_regclass(name) IS NULL THEN
        IF EXISTS (SELECT FROM audit_entry_other WHERE recorded_at >= first AND recorded_at < past) THEN
            EXECUTE format('CREATE TABLE %I (LIKE audit_entry INCLUDING DEFAULTS)', name);
            ALTER TABLE audit_entry DETACH PARTITION audit_entry_other;
            EXECUTE format('WITH moved AS (DELETE FROM audit_entry_other WHERE recorded_at >= %L AND recorded_at < %L
                RETURNING *) INSERT INTO %I SELECT * FROM moved', first, past, name);
            EXECUTE format('ALTER TABLE audit_entry ATTACH PARTITION %I FOR VALUES FROM (%L) TO (%L)',
                name, first, past);
            ALTER TABLE audit_entry ATTACH PARTITION audit_entry_other DEFAULT;
        ELSE
            EXECUTE format('CREATE TABLE %I PARTITION OF audit_entry FOR VALUES FROM (%L) TO (%L)',
                name, first, past);
        END IF;
    END IF;
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'lienthong_app') THEN
        EXECUTE format('REVOKE ALL ON %I FROM lienthong_app', name);
    END IF;
END $$;
