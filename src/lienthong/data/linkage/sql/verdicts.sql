CREATE OR REPLACE TEMP VIEW verdicts AS
SELECT d.row_no, d.record_id, d.source, CASE WHEN r.row_no IS NULL THEN w.verdict ELSE 'duplicate' END AS verdict,
    lpad(CAST(d.pid AS VARCHAR), 12, '0') AS personal_number,
    CASE WHEN d.verdict IN (8, 9) THEN 0.0 ELSE round(1.0 / (1.0 + pow(2.0, -d.bits)), 4) END AS score,
    CASE WHEN r.row_no IS NULL THEN w.reasons
        ELSE concat('record.duplicate: ', '{{twice_before}}', r.first, '{{twice_after}}', '; ', w.reasons) END AS reasons
FROM decided AS d LEFT JOIN words AS w ON d.verdict = w.code AND d.sig = w.sig LEFT JOIN repeats AS r ON d.row_no = r.row_no
