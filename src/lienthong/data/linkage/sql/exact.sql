-- Names that are not the same text are compared; then each number's holder is judged.
CREATE OR REPLACE TEMP TABLE judged AS
SELECT h.row_no, h.prow, h.pid, h.bl, h.sl, h.status, 6 AS nl, 0 AS name_kind FROM hits AS h WHERE h.same_name
UNION ALL
SELECT h.row_no, h.prow, h.pid, h.bl, h.sl, h.status,
    CASE WHEN s.kind IN (1, 2) THEN -1 ELSE name_level(s.raw, s.folded, n.raw, n.folded) END AS nl,
    coalesce(s.kind, 1) AS name_kind
FROM hits AS h LEFT JOIN spellings AS s ON h.nh = s.h LEFT JOIN names AS n ON h.pnh = n.h
WHERE NOT h.same_name;

CREATE OR REPLACE TEMP TABLE outcome AS
SELECT b.row_no, b.record_id, b.source, CASE WHEN o.verdict NOT IN (0, 8, 9) THEN o.pid END AS pid,
    CASE WHEN o.row_no IS NULL THEN 0 ELSE o.verdict END AS verdict,
    CASE WHEN o.row_no IS NOT NULL THEN
        w_number(3) + w_name(o.nl) + w_birth(o.bl) + w_sex(o.sl) - {{prior}} END AS bits,
    CASE WHEN o.row_no IS NOT NULL THEN pack(o.nl, o.bl, 3, -1, o.sl, -1, -1, b.kind, o.status, 0, o.name_kind, CASE WHEN o.bl = -1 THEN 1 ELSE 0 END, 0)
    END AS sig,
    CASE WHEN o.verdict = 3 THEN hash(concat_ws('|', CAST(b.pid AS VARCHAR), CAST(b.nh AS VARCHAR), b.birth_date)) END AS content
FROM parsed AS b LEFT JOIN (
    SELECT *, CASE
        WHEN name_kind = 2 THEN 8
        WHEN nl >= 1 AND bl IN (0, 1) THEN 3
        WHEN nl = 0 AND bl >= 5 THEN 3
        WHEN nl = 0 OR bl IN (0, 1) THEN 0
        WHEN nl = -1 AND bl < 6 THEN 9
        WHEN status = 1 THEN 6
        WHEN kind = 1 THEN 2
        ELSE 1 END AS verdict
    FROM (SELECT j.*, k.kind FROM judged AS j JOIN (SELECT row_no, kind FROM parsed WHERE pid IS NOT NULL) AS k
        ON j.row_no = k.row_no) AS jk
) AS o ON b.row_no = o.row_no
