-- The number is in the register: does the person agree? at_once: the level of a name that is seen without folding it.
-- What a record says is kept only where that is not enough.
CREATE OR REPLACE TEMP TABLE hits AS
SELECT row_no, kind, pid, nh, status, bl, sl, at_once,
    CASE WHEN at_once IS NULL THEN pnh END AS pnh,
    CASE WHEN at_once IS NULL THEN sex END AS sex,
    CASE WHEN at_once IS NULL THEN figures END AS figures,
    CASE WHEN at_once IS NULL THEN old_number END AS old_number,
    CASE WHEN at_once IS NULL THEN full_name END AS name,
    CASE WHEN at_once IS NULL THEN birth_date END AS birth_date,
    CASE WHEN at_once IS NULL THEN commune_code END AS commune_code,
    CASE WHEN at_once IS NULL THEN mother_name END AS mother_name
FROM (
    SELECT j.*, birth_level(j.born, j.prec, j.other, j.turned, j.pborn, j.pprec) AS bl, same(j.sex, j.psex) AS sl,
        CASE WHEN j.nh = j.pnh THEN 6 WHEN n.h IS NOT NULL THEN name_at_once(j.full_name, n.low, n.folded) END AS at_once
    FROM (
        SELECT b.*, t.born, t.prec, t.other, t.turned,
            p.nh AS pnh, p.status, p.born AS pborn, p.prec AS pprec, p.sex AS psex,
            CASE WHEN b.nh = p.nh THEN NULL ELSE p.nh END AS other_name
        FROM parsed AS b LEFT JOIN people AS p ON b.pid = p.pid LEFT JOIN births AS t ON b.birth_date = t.raw
    ) AS j LEFT JOIN names AS n ON j.other_name = n.h
) AS k
