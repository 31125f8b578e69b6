-- Names that are not the same text are compared; then each number's holder is judged.
CREATE OR REPLACE TEMP TABLE judged AS
SELECT row_no, record_id, source, kind, pid, nh, bl, sl, status, 6 AS nl, 0 AS name_kind FROM hits WHERE same_name
UNION ALL
SELECT h.row_no, h.record_id, h.source, h.kind, h.pid, h.nh, h.bl, h.sl, h.status,
    CASE WHEN s.kind IN (1, 2) THEN -1 ELSE name_level(s.raw, s.folded, n.raw, n.folded) END AS nl, s.kind AS name_kind
FROM (SELECT * FROM hits WHERE prow IS NOT NULL AND NOT same_name AND nh IS NOT NULL AND pnh IS NOT NULL) AS h
JOIN spellings AS s ON h.nh = s.h JOIN names AS n ON h.pnh = n.h
UNION ALL
SELECT row_no, record_id, source, kind, pid, nh, bl, sl, status, -1 AS nl, CASE WHEN nh IS NULL THEN 1 ELSE 0 END AS name_kind
FROM hits WHERE prow IS NOT NULL AND (nh IS NULL OR pnh IS NULL);

CREATE OR REPLACE TEMP TABLE outcome AS
SELECT row_no, record_id, source, CASE WHEN verdict NOT IN (0, 8, 9) THEN pid END AS pid, verdict,
    w_number(3) + w_name(nl) + w_birth(bl) + w_sex(sl) - {{prior}} AS bits,
    pack(nl, bl, 3, -1, sl, -1, -1, kind, status, 0, name_kind, CASE WHEN bl = -1 THEN 1 ELSE 0 END, 0) AS sig,
    CASE WHEN verdict = 3 THEN hash(concat_ws('|', CAST(pid AS VARCHAR), CAST(nh AS VARCHAR), CAST(bl AS VARCHAR))) END AS content
FROM (
    SELECT *, CASE
        WHEN name_kind = 2 THEN 8
        WHEN nl >= 1 AND bl IN (0, 1) THEN 3
        WHEN nl = 0 AND bl >= 5 THEN 3
        WHEN nl = 0 OR bl IN (0, 1) THEN 0
        WHEN nl = -1 AND bl < 6 THEN 9
        WHEN status = 1 THEN 6
        WHEN kind = 1 THEN 2
        ELSE 1 END AS verdict
    FROM judged
) AS j
UNION ALL
SELECT row_no, record_id, source, NULL, 0, NULL, NULL, NULL FROM hits WHERE prow IS NULL
