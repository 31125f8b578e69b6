-- Rows of `source_rows` with their numbers parsed. kind: 0 twelve digits, 1 leading zeros lost, 2 an old
-- number in its place, 4 a filler, 5 nothing, 6 the wrong length, 7 no number at all.
CREATE OR REPLACE TEMP TABLE parsed AS
SELECT row_no, record_id, source, full_name, key_of(full_name) AS nh, birth_date, sex_of(sex) AS sex,
    CASE WHEN kind <= 1 THEN pid END AS pid, kind{{more}}
FROM (
    SELECT *, CASE WHEN typed IS NULL THEN 5
            WHEN pid IS NULL THEN CASE
                WHEN NOT regexp_full_match(figures, '[0-9]{1,14}') THEN 7
                WHEN filler(figures) THEN 4
                WHEN length(figures) IN (7, 8, 9) THEN 2
                ELSE 6 END
            WHEN pid % 111111111111 = 0 OR pid IN (123456789012, 12345678901, 12345678912, 123456789123,
                98765432109, 987654321098) THEN 4
            WHEN figures IS NULL OR length(figures) = 12 THEN 0
            ELSE 1 END AS kind
    FROM (
        SELECT *, coalesce(fast, CASE
            WHEN length(figures) BETWEEN 10 AND 12 THEN whole(lpad(figures, 12, '0')) END) AS pid
        FROM (
            SELECT *, CASE WHEN fast IS NULL AND typed IS NOT NULL THEN digits(typed) END AS figures
            FROM (
                SELECT *, whole(typed) AS fast FROM (SELECT *, coalesce(personal_number,
                    CASE WHEN length(old_number) >= 12 AND length(digits(old_number)) = 12 THEN old_number END) AS typed
                    FROM source_rows) AS a
            ) AS b
        ) AS c
    ) AS d
) AS e
