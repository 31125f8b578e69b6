-- Every record's outcome, and which of them say the same person twice within one source.
CREATE OR REPLACE TEMP TABLE decided AS
SELECT row_no, record_id, source, hash(coalesce(source, '')) AS src, pid, verdict, bits, sig, content FROM (
    SELECT * FROM read_parquet({{exact}}) WHERE verdict > 0 UNION ALL SELECT * FROM read_parquet({{rest}})
) AS d;

CREATE OR REPLACE TEMP TABLE repeats AS
SELECT row_no, first FROM (
    SELECT d.row_no, first_value(d.record_id) OVER w AS first, row_number() OVER w AS turn
    FROM decided AS d JOIN (SELECT pid, src FROM decided WHERE verdict IN (1, 2, 6) GROUP BY pid, src
        HAVING count(*) > 1) AS k ON d.pid = k.pid AND d.src = k.src
    WHERE d.verdict IN (1, 2, 6)
    WINDOW w AS (PARTITION BY d.src, d.pid ORDER BY length(d.record_id), d.record_id, d.row_no)
) AS t WHERE turn > 1
UNION ALL
SELECT row_no, first FROM (
    SELECT d.row_no, first_value(d.record_id) OVER w AS first, row_number() OVER w AS turn
    FROM decided AS d WHERE d.content IS NOT NULL
    WINDOW w AS (PARTITION BY d.src, d.verdict, d.content ORDER BY length(d.record_id), d.record_id, d.row_no)
) AS t WHERE turn > 1;

CREATE OR REPLACE TEMP TABLE settled AS
SELECT d.row_no, d.record_id, d.source, d.pid, d.verdict, d.bits, d.sig, r.first, r.row_no IS NOT NULL AS again
FROM decided AS d LEFT JOIN repeats AS r ON d.row_no = r.row_no ORDER BY d.row_no
