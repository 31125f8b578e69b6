-- In the order of the records: `settled` is sorted, and each of its rows has exactly one row of words.
CREATE OR REPLACE TEMP VIEW verdicts AS
SELECT d.record_id, d.source, CASE WHEN d.again THEN 'duplicate' ELSE w.verdict END AS verdict,
    lpad(CAST(d.pid AS VARCHAR), 12, '0') AS personal_number,
    CASE WHEN d.verdict IN (8, 9) THEN 0.0 ELSE round(1.0 / (1.0 + pow(2.0, -d.bits)), 4) END AS score,
    CASE WHEN d.again THEN concat('record.duplicate: ', '{{twice_before}}', d.first, '{{twice_after}}', '; ', w.reasons)
        ELSE w.reasons END AS reasons
FROM settled AS d LEFT JOIN words AS w ON d.verdict = w.code AND d.sig = w.sig
