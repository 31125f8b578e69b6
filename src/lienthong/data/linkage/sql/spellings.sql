-- Names that are not the holder's at first sight: each distinct one folded once, unless the register has it.
CREATE OR REPLACE TEMP TABLE read_names AS
SELECT d.h, d.raw, n.folded, n.fh FROM (
    SELECT nh AS h, min(name) AS raw FROM hits WHERE at_once IS NULL AND nh IS NOT NULL GROUP BY nh
) AS d LEFT JOIN names AS n ON d.h = n.h;

CREATE OR REPLACE TEMP TABLE new_names AS
SELECT h, raw, folded, key_of(folded) AS fh FROM (SELECT h, raw, letters(b) AS folded
    FROM (SELECT h, raw, bare(raw) AS b FROM read_names WHERE folded IS NULL) AS a) AS f;

CREATE OR REPLACE TEMP TABLE spellings AS
SELECT h, raw, folded, fh, 0 AS kind FROM read_names WHERE folded IS NOT NULL
UNION ALL
SELECT n.h, n.raw, n.folded, n.fh, CASE WHEN k.fh IS NOT NULL THEN 0 ELSE name_kind(n.raw, n.folded) END AS kind
FROM new_names AS n LEFT JOIN (
    SELECT DISTINCT fh FROM names WHERE fh IN (SELECT fh FROM new_names)
) AS k ON n.fh = k.fh
