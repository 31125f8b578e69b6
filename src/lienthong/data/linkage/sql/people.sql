-- The register, read once: whole numbers and keys, no text. A row without a whole number is nobody's holder.
CREATE OR REPLACE TEMP TABLE people AS
SELECT p.prow, p.pid, p.old, p.nh, p.born, p.prec, p.sex, p.status, coalesce(u.now, p.unit) AS unit, p.mh
FROM (
    SELECT CAST(prow AS INTEGER) AS prow, whole(personal_number) AS pid,
        old_in_register(old_number) AS old,
        key_of(full_name) AS nh, born,
        CAST(CASE birth_precision WHEN 'month' THEN 1 WHEN 'year' THEN 2 ELSE 0 END AS TINYINT) AS prec,
        sex_of(sex) AS sex,
        CAST(CASE status WHEN 'dead' THEN 1 WHEN 'missing' THEN 2 WHEN 'emigrated' THEN 3 ELSE 0 END AS TINYINT) AS status,
        unit_of(commune_code) AS unit,
        key_of(mother_name) AS mh
    FROM people_file
) AS p LEFT JOIN unit_alone AS u ON p.unit = u.code;

-- Each distinct name of the register, folded once.
CREATE OR REPLACE TEMP TABLE names AS
SELECT key_of(raw) AS h, raw, folded, key_of(folded) AS fh
FROM (SELECT raw, letters(b) AS folded
    FROM (SELECT raw, bare(raw) AS b
        FROM (SELECT DISTINCT full_name AS raw FROM people_file WHERE full_name IS NOT NULL) AS d) AS f) AS g
