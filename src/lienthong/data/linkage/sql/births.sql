-- Each distinct text of a birth date, read once.
CREATE OR REPLACE TEMP TABLE births AS
WITH texts AS (
    SELECT raw, birth_text(raw) AS t FROM (SELECT DISTINCT birth_date AS raw FROM record_file WHERE birth_date IS NOT NULL) AS d
), shaped AS (
    SELECT raw, t, birth_shape(t) AS shape FROM texts
), figures AS (
    SELECT raw, shape, birth_year(t, shape) AS y, birth_month(t, shape) AS m, birth_day(t, shape) AS d FROM shaped
), turned AS (
    SELECT raw, shape, y, m > 12 AND d BETWEEN 1 AND 12 AS turned,
        CASE WHEN m > 12 AND d BETWEEN 1 AND 12 THEN d ELSE m END AS m,
        CASE WHEN m > 12 AND d BETWEEN 1 AND 12 THEN m ELSE d END AS d
    FROM figures
), days AS (
    SELECT raw, shape, y, m, d, turned, day_of(y, m, d) AS whole_day,
        CASE WHEN d BETWEEN 1 AND 12 AND d <> m THEN day_of(y, d, m) END AS swapped_day
    FROM turned
)
SELECT raw, CASE WHEN good THEN coalesce(whole_day, day_of(y, CASE WHEN prec = 1 THEN m ELSE 1 END, 1)) END AS born,
    CASE WHEN good THEN prec END AS prec,
    CASE WHEN NOT good OR prec > 0 THEN NULL
        WHEN turned THEN whole_day
        WHEN shape = 'dm2' THEN CASE WHEN y >= 2000 THEN CAST(whole_day - INTERVAL 100 YEAR AS DATE) END
        ELSE swapped_day END AS other,
    good AND prec = 0 AND turned AS turned
FROM (
    SELECT *, coalesce(y BETWEEN 1880 AND 2000 + {{this_year}} AND NOT filler, FALSE) AS good,
        CASE WHEN whole_day IS NOT NULL THEN 0 WHEN m BETWEEN 1 AND 12 AND d = 0 THEN 1 ELSE 2 END AS prec
    FROM (SELECT *, y IS NULL OR y < 1880 OR (whole_day IS NOT NULL AND whole_day IN (DATE '1900-01-01',
        DATE '1899-12-30', DATE '1899-12-31')) OR (y = 1900 AND whole_day IS NULL) AS filler FROM days) AS f
) AS g
