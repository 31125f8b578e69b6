-- Names that are not the same text are compared, each pair of spellings once; then each number's holder is judged.
CREATE OR REPLACE TEMP TABLE levels AS
SELECT k.nh, k.pnh, s.kind AS name_kind,
    CASE WHEN s.kind IN (1, 2) THEN -1 ELSE name_level(s.raw, s.folded, n.raw, n.folded) END AS nl
FROM (SELECT DISTINCT nh, pnh FROM hits WHERE held AND NOT same_name AND nh IS NOT NULL AND pnh IS NOT NULL) AS k
JOIN spellings AS s ON k.nh = s.h JOIN names AS n ON k.pnh = n.h;

CREATE OR REPLACE TEMP VIEW judged AS
SELECT *, CASE
    WHEN NOT held THEN 0
    WHEN name_kind = 2 THEN 8
    WHEN nl >= 1 AND bl IN (0, 1) THEN 3
    WHEN nl = 0 AND bl >= 5 THEN 3
    WHEN nl = 0 OR bl IN (0, 1) THEN 0
    WHEN nl = -1 AND bl < 6 THEN 9
    WHEN status = 1 THEN 6
    WHEN kind = 1 THEN 2
    ELSE 1 END AS verdict
FROM (
    SELECT h.*, CASE WHEN h.same_name THEN 6 ELSE coalesce(l.nl, -1) END AS nl,
        CASE WHEN h.same_name THEN 0 WHEN h.nh IS NULL THEN 1 ELSE coalesce(l.name_kind, 0) END AS name_kind
    FROM hits AS h LEFT JOIN levels AS l ON h.nh = l.nh AND h.pnh = l.pnh
) AS j;

CREATE OR REPLACE TEMP VIEW number_outcome AS
SELECT row_no, src, CASE WHEN verdict NOT IN (8, 9) THEN pid END AS pid, verdict,
    pack(nl, bl, 3, -1, sl, -1, -1, kind, status, 0, name_kind, CASE WHEN bl = -1 THEN 1 ELSE 0 END, 0) AS sig,
    CASE WHEN verdict = 3 THEN key_of(concat_ws('|', CAST(pid AS VARCHAR), coalesce(CAST(nh AS VARCHAR), ''), CAST(bl AS VARCHAR))) END AS content
FROM judged WHERE verdict > 0;

-- What the number alone did not decide: its facts, one row a record.
CREATE OR REPLACE TEMP VIEW open_facts AS
SELECT b.row_no, b.src, b.pid, b.kind, CASE WHEN b.kind IN (0, 1, 6) THEN r.figures END AS figures,
    CASE WHEN b.kind = 2 AND r.old_number IS NULL THEN CAST(r.figures AS INTEGER) ELSE old_of(r.old_number) END AS old,
    b.sex, b.born, b.prec, b.other, coalesce(b.turned, FALSE) AS turned,
    s.raw AS name, s.folded, s.fh, coalesce(s.kind, 1) AS name_kind,
    CASE WHEN b.no_birth THEN 1 WHEN b.born IS NULL THEN 2 ELSE 0 END AS birth_kind,
    unit_of(r.commune_code) AS unit, r.mother_name, key_of(r.mother_name) AS mh,
    CASE WHEN b.pid IS NULL THEN 0 ELSE
        CASE WHEN b.sex IS NOT NULL AND (b.pid // 100000000) % 2 <> b.sex THEN 1 ELSE 0 END
        + CASE WHEN b.born IS NOT NULL AND 1900 + 100 * ((b.pid // 100000000) % 10 // 2) + (b.pid // 1000000) % 100
            <> year(b.born) THEN 2 ELSE 0 END END AS against
FROM (SELECT * FROM judged WHERE NOT same_name AND verdict = 0) AS b
JOIN parsed AS r ON b.row_no = r.row_no LEFT JOIN spellings AS s ON b.nh = s.h
