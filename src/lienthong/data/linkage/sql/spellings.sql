-- Each distinct name of these records, folded once; what the register has folded already is taken from it.
CREATE OR REPLACE TEMP TABLE spellings AS
WITH read AS (
    SELECT d.h, d.raw, coalesce(n.folded, letters(fold(d.raw))) AS folded
    FROM (SELECT nh AS h, min(full_name) AS raw FROM {{names_of}} WHERE full_name IS NOT NULL GROUP BY nh) AS d
    LEFT JOIN names AS n ON d.h = n.h
), known AS (
    SELECT r.h, r.raw, r.folded, hash(r.folded) AS fh, k.fh IS NOT NULL AS known
    FROM read AS r LEFT JOIN (SELECT DISTINCT fh FROM names) AS k ON hash(r.folded) = k.fh
)
SELECT h, raw, folded, fh, CASE WHEN known THEN 0
    WHEN folded = '' OR no_name(folded) THEN 1
    WHEN no_person(folded) THEN 2
    WHEN odd(raw) THEN 3
    ELSE 0 END AS kind
FROM known
