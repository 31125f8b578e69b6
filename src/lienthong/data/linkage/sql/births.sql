-- Each distinct text of a birth date, read once in a run.
CREATE TEMP TABLE IF NOT EXISTS births (raw VARCHAR, born DATE, prec INTEGER, other DATE, turned BOOLEAN, filler BOOLEAN);

INSERT INTO births
WITH texts AS (
    SELECT d.raw FROM (SELECT DISTINCT birth_date AS raw FROM parsed WHERE birth_date IS NOT NULL) AS d
    LEFT JOIN births AS b ON d.raw = b.raw WHERE b.raw IS NULL
), words AS (
    SELECT raw, regexp_replace(lower(trim(raw)), '[ t]+[0-9]{1,2}:[0-9]{2}.*$', '') AS t FROM texts
), months AS (
    SELECT raw, CASE WHEN regexp_matches(t, 'jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec')
        THEN {{month_names}} ELSE t END AS t
    FROM words
), slashed AS (
    SELECT raw, trim(regexp_replace(t, '[^0-9]+', '/', 'g'), '/') AS t FROM months
), shaped AS (
    SELECT raw, t, CASE
        WHEN regexp_full_match(t, '[0-9]{1,2}/[0-9]{1,2}/[0-9]{4}') THEN 'dmy'
        WHEN regexp_full_match(t, '[0-9]{4}/[0-9]{1,2}/[0-9]{1,2}') THEN 'ymd'
        WHEN regexp_full_match(t, '[0-9]{1,2}/[0-9]{1,2}/[0-9]{2}') THEN 'dm2'
        WHEN regexp_full_match(t, '[0-9]{1,2}/[0-9]{4}') THEN 'my'
        WHEN regexp_full_match(t, '[0-9]{4}/[0-9]{1,2}') THEN 'ym'
        WHEN regexp_full_match(t, '(18|19|20)[0-9]{2}') THEN 'y'
        WHEN regexp_full_match(t, '[0-9]{5}(/0)?') THEN 'serial'
        WHEN regexp_full_match(t, '[0-3][0-9][01][0-9](18|19|20)[0-9]{2}') THEN 'ddmmyyyy'
        WHEN regexp_full_match(t, '(18|19|20)[0-9]{2}[01][0-9][0-3][0-9]') THEN 'yyyymmdd'
        WHEN regexp_matches(t, '(^|/)(18|19|20)[0-9]{2}$') THEN 'tail' END AS shape
    FROM slashed
), figures AS (
    SELECT raw, shape, CASE shape
            WHEN 'dmy' THEN CAST(split_part(t, '/', 3) AS INTEGER)
            WHEN 'ymd' THEN CAST(split_part(t, '/', 1) AS INTEGER)
            WHEN 'dm2' THEN CAST(split_part(t, '/', 3) AS INTEGER)
                + CASE WHEN CAST(split_part(t, '/', 3) AS INTEGER) <= {{this_year}} THEN 2000 ELSE 1900 END
            WHEN 'my' THEN CAST(split_part(t, '/', 2) AS INTEGER)
            WHEN 'ym' THEN CAST(split_part(t, '/', 1) AS INTEGER)
            WHEN 'y' THEN CAST(left(t, 4) AS INTEGER)
            WHEN 'serial' THEN year(date_add(DATE '1899-12-30', CAST(left(t, 5) AS INTEGER)))
            WHEN 'ddmmyyyy' THEN CAST(substr(t, 5, 4) AS INTEGER)
            WHEN 'yyyymmdd' THEN CAST(left(t, 4) AS INTEGER)
            WHEN 'tail' THEN CAST(right(t, 4) AS INTEGER) END AS y,
        CASE shape
            WHEN 'dmy' THEN CAST(split_part(t, '/', 2) AS INTEGER)
            WHEN 'ymd' THEN CAST(split_part(t, '/', 2) AS INTEGER)
            WHEN 'dm2' THEN CAST(split_part(t, '/', 2) AS INTEGER)
            WHEN 'my' THEN CAST(split_part(t, '/', 1) AS INTEGER)
            WHEN 'ym' THEN CAST(split_part(t, '/', 2) AS INTEGER)
            WHEN 'serial' THEN month(date_add(DATE '1899-12-30', CAST(left(t, 5) AS INTEGER)))
            WHEN 'ddmmyyyy' THEN CAST(substr(t, 3, 2) AS INTEGER)
            WHEN 'yyyymmdd' THEN CAST(substr(t, 5, 2) AS INTEGER) ELSE 0 END AS m,
        CASE shape
            WHEN 'dmy' THEN CAST(split_part(t, '/', 1) AS INTEGER)
            WHEN 'ymd' THEN CAST(split_part(t, '/', 3) AS INTEGER)
            WHEN 'dm2' THEN CAST(split_part(t, '/', 1) AS INTEGER)
            WHEN 'serial' THEN day(date_add(DATE '1899-12-30', CAST(left(t, 5) AS INTEGER)))
            WHEN 'ddmmyyyy' THEN CAST(left(t, 2) AS INTEGER)
            WHEN 'yyyymmdd' THEN CAST(substr(t, 7, 2) AS INTEGER) ELSE 0 END AS d
    FROM shaped
), turned AS (
    SELECT raw, shape, y, m > 12 AND d BETWEEN 1 AND 12 AS turned,
        CASE WHEN m > 12 AND d BETWEEN 1 AND 12 THEN d ELSE m END AS m,
        CASE WHEN m > 12 AND d BETWEEN 1 AND 12 THEN m ELSE d END AS d
    FROM figures
), days AS (
    SELECT raw, shape, y, m, d, turned,
        TRY_CAST(concat(lpad(CAST(y AS VARCHAR), 4, '0'), '-', lpad(CAST(m AS VARCHAR), 2, '0'), '-',
            lpad(CAST(d AS VARCHAR), 2, '0')) AS DATE) AS whole_day,
        TRY_CAST(concat(lpad(CAST(y AS VARCHAR), 4, '0'), '-', lpad(CAST(d AS VARCHAR), 2, '0'), '-',
            lpad(CAST(m AS VARCHAR), 2, '0')) AS DATE) AS swapped_day
    FROM turned
)
SELECT raw, CASE WHEN good THEN coalesce(whole_day, TRY_CAST(concat(CAST(y AS VARCHAR), '-',
        CASE WHEN prec = 1 THEN lpad(CAST(m AS VARCHAR), 2, '0') ELSE '01' END, '-01') AS DATE)) END AS born,
    CASE WHEN good THEN prec END AS prec,
    CASE WHEN NOT good OR prec > 0 THEN NULL
        WHEN turned THEN whole_day
        WHEN shape = 'dm2' THEN CASE WHEN y >= 2000
            THEN CAST(whole_day - INTERVAL 100 YEAR AS DATE) END
        WHEN swapped_day <> whole_day THEN swapped_day END AS other,
    CASE WHEN NOT good OR prec > 0 THEN FALSE ELSE turned END AS turned,
    filler
FROM (
    SELECT *, coalesce(y BETWEEN 1880 AND 2000 + {{this_year}} AND NOT filler, FALSE) AS good,
        CASE WHEN whole_day IS NOT NULL THEN 0 WHEN m BETWEEN 1 AND 12 AND d = 0 THEN 1 ELSE 2 END AS prec
    FROM (SELECT *, y IS NULL OR y < 1880 OR (whole_day IS NOT NULL AND whole_day IN (DATE '1900-01-01',
        DATE '1899-12-30', DATE '1899-12-31')) OR (y = 1900 AND whole_day IS NULL) AS filler FROM days) AS f
) AS g
