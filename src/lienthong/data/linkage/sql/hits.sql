-- The number is in the register: does the person agree? Whole numbers only: text that is kept is copied.
CREATE OR REPLACE TEMP TABLE hits AS
SELECT b.row_no, b.src, b.kind, b.pid, b.nh, p.nh AS pnh, p.prow IS NOT NULL AS held, coalesce(b.nh = p.nh, FALSE) AS same_name,
    p.status, birth_level(t.born, t.prec, t.other, t.turned, p.born, p.prec) AS bl, same(b.sex, p.sex) AS sl, b.sex,
    t.born, t.prec, t.other, t.turned, b.birth_date IS NULL AS no_birth
FROM parsed AS b LEFT JOIN people AS p ON b.pid = p.pid LEFT JOIN births AS t ON b.birth_date = t.raw
