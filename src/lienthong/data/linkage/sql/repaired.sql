CREATE OR REPLACE TEMP TABLE spellings AS
SELECT s.h, coalesce(r.raw, s.raw) AS raw, coalesce(r.folded, s.folded) AS folded,
    coalesce(key_of(r.folded), s.fh) AS fh, CASE WHEN s.kind = 3 AND r.raw = r.typed THEN 0 ELSE s.kind END AS kind
FROM spellings AS s LEFT JOIN (SELECT key_of(typed) AS h, raw, typed, letters(bare(raw)) AS folded FROM read_again) AS r ON s.h = r.h
