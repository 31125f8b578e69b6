-- One row a record, in the order of the file.
CREATE OR REPLACE TEMP VIEW verdicts AS
SELECT r.record_id, CASE WHEN d.first IS NOT NULL THEN 'duplicate' ELSE w.verdict END AS verdict,
    twelve(d.pid) AS personal_number, w.score,
    CASE WHEN d.first IS NOT NULL THEN concat('record.duplicate: ', '{{twice_before}}', d.first, '{{twice_after}}', '; ', w.reasons)
        ELSE w.reasons END AS reasons
FROM record_file AS r JOIN settled AS d ON r.row_no = d.row_no JOIN words AS w ON d.verdict = w.code AND d.sig = w.sig
