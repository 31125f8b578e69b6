-- Every record's outcome, and which of them say the same person twice within one source.
CREATE OR REPLACE TEMP TABLE decided AS
SELECT row_no, src, pid, verdict, sig, content FROM {{parts}};

CREATE OR REPLACE TEMP TABLE alike AS
SELECT d.row_no, d.src, d.pid AS said, 0 AS how FROM decided AS d JOIN (
    SELECT pid, src FROM decided WHERE verdict IN (1, 2, 6) GROUP BY pid, src HAVING count(*) > 1
) AS k ON d.pid = k.pid AND d.src = k.src WHERE d.verdict IN (1, 2, 6)
UNION ALL
SELECT d.row_no, d.src, d.content AS said, d.verdict AS how FROM decided AS d JOIN (
    SELECT content, verdict, src FROM decided WHERE content IS NOT NULL GROUP BY content, verdict, src HAVING count(*) > 1
) AS k ON d.content = k.content AND d.verdict = k.verdict AND d.src = k.src;

CREATE OR REPLACE TEMP TABLE repeats AS
SELECT row_no, first FROM (
    SELECT a.row_no, first_value(r.record_id) OVER (PARTITION BY a.src, a.how, a.said ORDER BY length(r.record_id), r.record_id, a.row_no) AS first,
        row_number() OVER (PARTITION BY a.src, a.how, a.said ORDER BY length(r.record_id), r.record_id, a.row_no) AS turn
    FROM record_file AS r JOIN alike AS a ON r.row_no = a.row_no
) AS t WHERE turn > 1;

CREATE OR REPLACE TEMP TABLE settled AS
SELECT d.row_no, d.src, d.pid, d.verdict, d.sig, r.first FROM decided AS d LEFT JOIN repeats AS r ON d.row_no = r.row_no;

CREATE OR REPLACE TEMP TABLE tally AS
SELECT s.source, t.verdict, t.again, t.n FROM (
    SELECT src, verdict, first IS NOT NULL AS again, count(*) AS n FROM settled GROUP BY src, verdict, first IS NOT NULL
) AS t JOIN (
    SELECT key_of(source) AS src, source FROM (SELECT DISTINCT coalesce(source, '') AS source FROM record_file) AS d
) AS s ON t.src = s.src
