-- The register, read once. A row without a whole number is nobody's holder.
CREATE OR REPLACE TEMP TABLE people AS
SELECT CAST(prow AS INTEGER) AS prow, whole(personal_number) AS pid, old_in_register(old_number) AS old,
    full_name AS name, key_of(full_name) AS nh, born,
    CAST(CASE birth_precision WHEN 'month' THEN 1 WHEN 'year' THEN 2 ELSE 0 END AS TINYINT) AS prec,
    sex_of(sex) AS sex,
    CAST(CASE status WHEN 'dead' THEN 1 WHEN 'missing' THEN 2 WHEN 'emigrated' THEN 3 ELSE 0 END AS TINYINT) AS status,
    unit_of(commune_code) AS unit, mother_name AS mother, key_of(mother_name) AS mh
FROM people_file;

-- Each distinct name of the register, folded once.
CREATE OR REPLACE TEMP TABLE names AS
SELECT h, raw, low, folded, key_of(folded) AS fh
FROM (SELECT h, raw, lower(raw) AS low, letters(b) AS folded
    FROM (SELECT h, raw, bare(raw) AS b
        FROM (SELECT nh AS h, min(name) AS raw FROM people WHERE nh IS NOT NULL GROUP BY nh) AS d) AS f) AS g;

-- The codes under which the register may hold a commune: those that are it today, and those of today as they are.
CREATE OR REPLACE TEMP VIEW units_today AS
SELECT code, now FROM units UNION SELECT now, now FROM units;

CREATE OR REPLACE TEMP TABLE units_alike AS
SELECT DISTINCT code, other FROM (
    SELECT s.code, a.code AS other FROM units_today AS s JOIN unit_alone AS a ON s.now = a.now
    UNION ALL SELECT code, now AS other FROM units_today WHERE now NOT IN (SELECT code FROM unit_alone)
) AS u WHERE other IN (SELECT DISTINCT unit FROM people WHERE unit IS NOT NULL)
