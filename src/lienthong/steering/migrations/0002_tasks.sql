-- What a task is, and each line of its ledger, stays as it was written; a time of recording is never ahead.
CREATE FUNCTION steering_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is only appended to', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER steering_task_stays BEFORE UPDATE OR DELETE ON steering_task
    FOR EACH ROW EXECUTE FUNCTION steering_stays();
CREATE TRIGGER steering_taskentry_stays BEFORE UPDATE OR DELETE ON steering_taskentry
    FOR EACH ROW EXECUTE FUNCTION steering_stays();
CREATE TRIGGER steering_evidence_stays BEFORE UPDATE OR DELETE ON steering_evidence
    FOR EACH ROW EXECUTE FUNCTION steering_stays();

-- The clock, not the statement's start: a line is recorded after its writer has waited for its turn.
ALTER TABLE steering_taskentry ALTER COLUMN recorded_at SET DEFAULT clock_timestamp();

DO $$
BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'lienthong_app') THEN
        REVOKE UPDATE, DELETE, TRUNCATE ON steering_task, steering_taskentry, steering_evidence,
            steering_task_documents, steering_task_partners FROM lienthong_app;
    END IF;
END $$;
