-- Each distinct name of these records, folded once; what the register has folded already is taken from it.
CREATE OR REPLACE TEMP TABLE read_names AS
SELECT d.h, d.raw, n.folded FROM (SELECT nh AS h, min(full_name) AS raw FROM {{names_of}} WHERE full_name IS NOT NULL
    GROUP BY nh) AS d LEFT JOIN names AS n ON d.h = n.h;

CREATE OR REPLACE TEMP TABLE new_names AS
SELECT h, raw, folded, hash(folded) AS fh FROM (SELECT h, raw, letters(b) AS folded
    FROM (SELECT h, raw, bare(raw) AS b FROM read_names WHERE folded IS NULL) AS a) AS f;

CREATE OR REPLACE TEMP TABLE spellings AS
SELECT h, raw, folded, hash(folded) AS fh, 0 AS kind FROM read_names WHERE folded IS NOT NULL
UNION ALL
SELECT n.h, n.raw, n.folded, n.fh, CASE WHEN k.fh IS NOT NULL THEN 0
    WHEN n.folded = '' OR no_name(n.folded) THEN 1
    WHEN no_person(n.folded) THEN 2
    WHEN odd(n.raw) THEN 3
    ELSE 0 END AS kind
FROM new_names AS n LEFT JOIN (
    SELECT DISTINCT fh FROM names WHERE fh IN (SELECT fh FROM new_names)
) AS k ON n.fh = k.fh
