-- What the number alone did not decide: its facts, one row a record.
CREATE OR REPLACE TEMP TABLE facts AS
SELECT b.row_no, b.record_id, b.source, b.pid, b.kind, b.figures, b.old, b.sex, t.born, t.prec, t.other,
    coalesce(t.turned, FALSE) AS turned, s.raw AS name, s.folded, s.fh, coalesce(s.kind, 1) AS name_kind,
    CASE WHEN b.birth_date IS NULL THEN 1 WHEN t.born IS NULL THEN 2 ELSE 0 END AS birth_kind,
    b.unit, b.mother_name, b.mh,
    CASE WHEN b.pid IS NULL THEN 0 ELSE
        CASE WHEN b.sex IS NOT NULL AND (b.pid // 100000000) % 2 <> b.sex THEN 1 ELSE 0 END
        + CASE WHEN t.born IS NOT NULL AND 1900 + 100 * ((b.pid // 100000000) % 10 // 2) + (b.pid // 1000000) % 100
            <> year(t.born) THEN 2 ELSE 0 END END AS against
FROM parsed AS b
LEFT JOIN spellings AS s ON b.nh = s.h
LEFT JOIN births AS t ON b.birth_date = t.raw;

