-- The number is in the register: does the person agree? A row without a holder has no prow.
CREATE OR REPLACE TEMP TABLE hits AS
SELECT b.row_no, b.record_id, b.source, b.kind, p.prow, p.pid, b.nh, p.nh AS pnh,
    coalesce(b.nh = p.nh, FALSE) AS same_name,
    birth_level(t.born, t.prec, t.other, t.turned, p.born, p.prec) AS bl, same(b.sex, p.sex) AS sl, p.status
FROM parsed AS b LEFT JOIN people AS p ON b.pid = p.pid LEFT JOIN births AS t ON b.birth_date = t.raw;

CREATE OR REPLACE TEMP TABLE unlike AS
SELECT b.nh, b.full_name FROM parsed AS b JOIN (SELECT row_no FROM hits WHERE prow IS NOT NULL AND NOT same_name) AS h
    ON b.row_no = h.row_no
