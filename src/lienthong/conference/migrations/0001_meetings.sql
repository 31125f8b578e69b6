-- What happened in a meeting stays as it was written; the clock, not the statement's start, says when.
CREATE FUNCTION conference_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is only appended to', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER conference_meetingline_stays BEFORE UPDATE OR DELETE ON conference_meetingline
    FOR EACH ROW EXECUTE FUNCTION conference_stays();
CREATE TRIGGER conference_conclusion_stays BEFORE UPDATE OR DELETE ON conference_conclusion
    FOR EACH ROW EXECUTE FUNCTION conference_stays();
CREATE TRIGGER conference_conclusiontask_stays BEFORE UPDATE OR DELETE ON conference_conclusiontask
    FOR EACH ROW EXECUTE FUNCTION conference_stays();

ALTER TABLE conference_meetingline ALTER COLUMN recorded_at SET DEFAULT clock_timestamp();

DO $$
BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'lienthong_app') THEN
        REVOKE UPDATE, DELETE, TRUNCATE ON conference_meetingline, conference_conclusion,
            conference_conclusiontask, conference_conclusion_leads FROM lienthong_app;
    END IF;
END $$;
