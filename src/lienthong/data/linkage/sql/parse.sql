-- Rows of `source_rows` with their numbers parsed. kind: 0 twelve digits, 1 leading zeros lost, 2 an old
-- number in its place, 4 a filler, 5 nothing, 6 the wrong length, 7 no number at all.
CREATE OR REPLACE TEMP VIEW parsed AS
SELECT row_no, full_name, key_of(full_name) AS nh, birth_date, sex_of(sex) AS sex,
    CASE WHEN kind <= 1 THEN pid END AS pid, kind, coalesce(figures, typed) AS figures, old_number, commune_code, mother_name
FROM (
    SELECT *, number_kind(typed, figures, pid) AS kind
    FROM (
        SELECT *, number_of(fast, figures) AS pid
        FROM (
            SELECT *, CASE WHEN fast IS NULL AND typed IS NOT NULL THEN digits(typed) END AS figures
            FROM (
                SELECT *, whole(typed) AS fast
                FROM (SELECT *, coalesce(personal_number, number_in_place(old_number)) AS typed FROM source_rows) AS a
            ) AS b
        ) AS c
    ) AS d
) AS e
