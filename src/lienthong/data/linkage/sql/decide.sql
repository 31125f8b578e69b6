-- Mothers' names are compared as text where they are not the same text.
CREATE OR REPLACE TEMP TABLE compared AS
SELECT row_no, prow, pid, status,
    CASE WHEN name_kind IN (1, 2) THEN -1 ELSE name_level(name, folded, pname, pfolded) END AS nl,
    bl, number_level(figures, twelve(pid), fpid, pid) AS pl, ol, sl, cl,
    CASE WHEN same_mother IS NOT NULL THEN same_mother WHEN own_mother = her_mother THEN 2
        WHEN abs(length(own_mother) - length(her_mother)) <= 2 AND levenshtein(own_mother, her_mother) <= 2 THEN 1
        ELSE 0 END AS ml
FROM (
    SELECT *, letters(own_bare) AS own_mother, letters(her_bare) AS her_mother FROM (
        SELECT f.row_no, p.prow, p.pid, p.status, f.pid AS fpid, f.figures, f.name_kind, f.name, f.folded,
            p.name AS pname, n.folded AS pfolded,
            birth_level(f.born, f.prec, f.other, f.turned, p.born, p.prec) AS bl,
            same(f.old, p.old) AS ol, same(f.sex, p.sex) AS sl,
            CASE WHEN f.unit IS NULL OR p.unit IS NULL THEN -1 WHEN f.unit = p.unit OR u.other IS NOT NULL THEN 1 ELSE 0 END AS cl,
            CASE WHEN f.mh IS NULL OR p.mh IS NULL THEN -1 WHEN f.mh = p.mh THEN 2 END AS same_mother,
            CASE WHEN f.mh <> p.mh THEN bare(f.mother_name) END AS own_bare,
            CASE WHEN f.mh <> p.mh THEN bare(p.mother) END AS her_bare
        FROM pairs AS q
        JOIN facts AS f ON q.row_no = f.row_no
        JOIN people AS p ON q.prow = p.prow
        JOIN names AS n ON p.nh = n.h
        LEFT JOIN units_alike AS u ON f.unit = u.code AND p.unit = u.other
        WHERE p.pid IS NOT NULL
    ) AS a
) AS b;

CREATE OR REPLACE TEMP VIEW scored AS
SELECT *, w_name(nl) + w_birth(bl) + w_number(pl) + w_old(ol) + w_sex(sl) + w_unit(cl) + w_mother(ml) - {{prior}} AS bits
FROM compared;

CREATE OR REPLACE TEMP TABLE ranked AS
SELECT *, place = 1 AND bits >= {{accept}} AND coalesce(bits - next_bits >= {{margin}}, TRUE) AND nl >= 1 AND pl < 3
    AND CASE WHEN bl >= 3 THEN pl = 2 OR ol = 1 OR cl = 1 OR ml >= 1
        WHEN bl = -1 THEN ol = 1 OR (pl = 2 AND (cl = 1 OR ml >= 1)) ELSE FALSE END AS accepted
FROM (
    SELECT *, row_number() OVER (PARTITION BY row_no ORDER BY bits DESC, pid) AS place,
        lead(bits) OVER (PARTITION BY row_no ORDER BY bits DESC, pid) AS next_bits
    FROM scored
) AS r;

-- One person for each record: the accepted one, else the holder of the number, else the nearest.
CREATE OR REPLACE TEMP VIEW chosen AS
SELECT c.*, least(greatest(coalesce(n.near, 1) - 1, 0), 9) AS rivals
FROM (
    SELECT *, row_number() OVER (PARTITION BY row_no
        ORDER BY CASE WHEN accepted THEN 0 WHEN pl = 3 THEN 1 ELSE 1 + place END, pid) AS turn
    FROM ranked
) AS c LEFT JOIN (
    SELECT r.row_no, count(*) AS near FROM ranked AS r
    JOIN (SELECT row_no, bits FROM ranked WHERE place = 1) AS b ON r.row_no = b.row_no
    WHERE r.bits >= b.bits - {{margin}} GROUP BY r.row_no
) AS n ON c.row_no = n.row_no
WHERE c.turn = 1;

CREATE OR REPLACE TEMP VIEW outcome AS
SELECT row_no, CASE WHEN verdict NOT IN (7, 8, 9) THEN pid END AS pid, verdict,
    pack(nl, bl, pl, ol, sl, cl, ml, kind, status, rivals, name_kind, birth_kind, against) AS sig,
    CASE WHEN verdict IN (3, 4, 7) THEN key_of(concat_ws('|', coalesce(figures, ''), coalesce(CAST(fh AS VARCHAR), ''),
        coalesce(CAST(born AS VARCHAR), ''), coalesce(CAST(unit AS VARCHAR), ''), coalesce(CAST(mh AS VARCHAR), ''))) END AS content
FROM (
    SELECT f.row_no, f.figures, f.fh, f.born, f.unit, f.mh, c.pid, f.kind, f.name_kind, f.birth_kind, f.against,
        coalesce(c.nl, -1) AS nl, coalesce(c.bl, -1) AS bl,
        coalesce(c.pl, -1) AS pl, coalesce(c.ol, -1) AS ol, coalesce(c.sl, -1) AS sl, coalesce(c.cl, -1) AS cl,
        coalesce(c.ml, -1) AS ml, coalesce(c.status, 0) AS status, coalesce(c.rivals, 0) AS rivals,
        CASE WHEN f.name_kind = 2 THEN 8
            WHEN c.accepted THEN CASE WHEN c.status = 1 THEN 6 WHEN c.pl >= 0 OR c.ol = 1 THEN 2 ELSE 1 END
            WHEN c.pl = 3 THEN 3
            WHEN c.ol = 1 AND ((c.nl >= 1 AND c.bl IN (0, 1)) OR (c.nl = 0 AND c.bl >= 5)) THEN 3
            WHEN c.bits >= {{possible}} AND c.nl >= 0 AND c.bl >= 0 THEN 4
            WHEN f.name_kind = 1 AND ({{has_names}} OR f.birth_kind > 0) THEN 9
            WHEN f.birth_kind > 0 AND f.pid IS NULL AND f.old IS NULL THEN 9
            ELSE 7 END AS verdict
    FROM facts AS f LEFT JOIN chosen AS c ON f.row_no = c.row_no
) AS v
