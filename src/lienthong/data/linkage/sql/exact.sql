-- Names that are not seen at once are compared, each pair of spellings once; then each number's holder is judged.
CREATE OR REPLACE TEMP TABLE levels AS
SELECT k.nh, k.pnh, s.kind AS name_kind,
    CASE WHEN s.kind IN (1, 2) THEN -1 ELSE name_level(s.raw, s.folded, n.raw, n.folded) END AS nl
FROM (SELECT DISTINCT nh, pnh FROM hits WHERE at_once IS NULL AND nh IS NOT NULL AND pnh IS NOT NULL) AS k
JOIN spellings AS s ON k.nh = s.h JOIN names AS n ON k.pnh = n.h;

CREATE OR REPLACE TEMP VIEW judged AS
SELECT *, CASE
    WHEN status IS NULL THEN 0
    WHEN name_kind = 2 THEN 8
    WHEN nl >= 1 AND bl IN (0, 1) THEN 3
    WHEN nl = 0 AND bl >= 5 THEN 3
    WHEN nl = 0 OR bl IN (0, 1) THEN 0
    WHEN nl = -1 AND bl < 6 THEN 9
    WHEN status = 1 THEN 6
    WHEN kind = 1 THEN 2
    ELSE 1 END AS verdict
FROM (
    SELECT h.*, coalesce(h.at_once, l.nl, -1) AS nl,
        CASE WHEN h.at_once IS NULL AND h.nh IS NULL THEN 1 ELSE coalesce(l.name_kind, 0) END AS name_kind
    FROM hits AS h LEFT JOIN levels AS l ON h.nh = l.nh AND h.pnh = l.pnh
) AS j;

CREATE OR REPLACE TEMP VIEW number_outcome AS
SELECT row_no, CASE WHEN verdict NOT IN (8, 9) THEN pid END AS pid, verdict,
    pack(nl, bl, 3, -1, sl, -1, -1, kind, status, 0, name_kind, CASE WHEN bl = -1 THEN 1 ELSE 0 END, 0) AS sig,
    CASE WHEN verdict = 3 THEN key_of(concat_ws('|', CAST(pid AS VARCHAR), coalesce(CAST(nh AS VARCHAR), ''), CAST(bl AS VARCHAR))) END AS content
FROM judged WHERE verdict > 0;

-- What the number alone did not decide: its facts, one row a record.
CREATE OR REPLACE TEMP VIEW open_facts AS
SELECT b.row_no, b.pid, b.kind, CASE WHEN b.kind IN (0, 1, 6) THEN b.figures END AS figures,
    CASE WHEN b.kind = 2 AND b.old_number IS NULL THEN CAST(b.figures AS INTEGER) ELSE old_of(b.old_number) END AS old,
    b.sex, t.born, t.prec, t.other, coalesce(t.turned, FALSE) AS turned,
    s.raw AS name, s.folded, s.fh, coalesce(s.kind, 1) AS name_kind,
    CASE WHEN b.birth_date IS NULL THEN 1 WHEN t.born IS NULL THEN 2 ELSE 0 END AS birth_kind,
    unit_of(b.commune_code) AS unit, b.mother_name, key_of(b.mother_name) AS mh,
    CASE WHEN b.pid IS NULL THEN 0 ELSE
        CASE WHEN b.sex IS NOT NULL AND (b.pid // 100000000) % 2 <> b.sex THEN 1 ELSE 0 END
        + CASE WHEN t.born IS NOT NULL AND 1900 + 100 * ((b.pid // 100000000) % 10 // 2) + (b.pid // 1000000) % 100
            <> year(t.born) THEN 2 ELSE 0 END END AS against
FROM (SELECT * FROM judged WHERE at_once IS NULL AND verdict = 0) AS b
LEFT JOIN births AS t ON b.birth_date = t.raw LEFT JOIN spellings AS s ON b.nh = s.h
