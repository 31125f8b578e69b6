-- Keys: the spellings that the register has of a name, the days that a text may mean, the units of today.
CREATE OR REPLACE TEMP TABLE by_name AS
SELECT f.row_no, n.h AS nh FROM facts AS f JOIN names AS n ON f.fh = n.fh WHERE f.name_kind IN (0, 3);

CREATE OR REPLACE TEMP TABLE by_day AS
SELECT row_no, born FROM facts WHERE prec = 0
UNION ALL SELECT row_no, other FROM facts WHERE other IS NOT NULL;

CREATE OR REPLACE TEMP TABLE by_unit AS
SELECT row_no, unit FROM facts WHERE unit IS NOT NULL
UNION SELECT f.row_no, u.other FROM facts AS f JOIN units_alike AS u ON f.unit = u.code;

CREATE OR REPLACE TEMP TABLE pairs AS
SELECT DISTINCT row_no, prow FROM (
    SELECT f.row_no, p.prow FROM people AS p JOIN facts AS f ON p.pid = f.pid
    UNION ALL
    SELECT f.row_no, p.prow FROM people AS p JOIN facts AS f ON p.old = f.old
    UNION ALL
    SELECT k.row_no, p.prow FROM people AS p JOIN (SELECT n.row_no, n.nh, d.born FROM by_name AS n
        JOIN by_day AS d ON n.row_no = d.row_no) AS k ON p.nh = k.nh AND p.born = k.born
    UNION ALL
    SELECT k.row_no, p.prow FROM people AS p JOIN (SELECT u.row_no, u.unit, d.born FROM by_unit AS u
        JOIN by_day AS d ON u.row_no = d.row_no) AS k ON p.unit = k.unit AND p.born = k.born
    UNION ALL
    SELECT k.row_no, p.prow FROM people AS p JOIN (SELECT f.row_no, f.mh, d.born FROM facts AS f
        JOIN by_day AS d ON f.row_no = d.row_no WHERE f.mh IS NOT NULL) AS k ON p.mh = k.mh AND p.born = k.born
    UNION ALL
    SELECT k.row_no, p.prow FROM people AS p JOIN (SELECT u.row_no, u.unit, n.nh, year(f.born) AS y
        FROM by_unit AS u JOIN by_name AS n ON u.row_no = n.row_no JOIN facts AS f ON u.row_no = f.row_no) AS k
        ON p.unit = k.unit AND p.nh = k.nh AND year(p.born) = k.y
    UNION ALL
    SELECT k.row_no, p.prow FROM people AS p JOIN (SELECT n.row_no, n.nh, year(f.born) AS y
        FROM by_name AS n JOIN facts AS f ON n.row_no = f.row_no WHERE f.prec >= 1) AS k
        ON p.nh = k.nh AND year(p.born) = k.y
    UNION ALL
    SELECT k.row_no, p.prow FROM (SELECT prow, nh, year(born) AS y FROM people WHERE prec >= 1) AS p
        JOIN (SELECT n.row_no, n.nh, year(f.born) AS y FROM by_name AS n JOIN facts AS f ON n.row_no = f.row_no
        WHERE f.born IS NOT NULL) AS k ON p.nh = k.nh AND p.y = k.y
    UNION ALL
    SELECT k.row_no, p.prow FROM people AS p JOIN (SELECT f.row_no, f.pid % 10000 AS tail, d.born FROM facts AS f
        JOIN by_day AS d ON f.row_no = d.row_no WHERE f.pid IS NOT NULL) AS k
        ON p.pid % 10000 = k.tail AND p.born = k.born
    UNION ALL
    SELECT k.row_no, p.prow FROM people AS p JOIN (SELECT f.row_no, f.pid % 10000 AS tail, n.nh FROM facts AS f
        JOIN by_name AS n ON f.row_no = n.row_no WHERE f.pid IS NOT NULL) AS k
        ON p.pid % 10000 = k.tail AND p.nh = k.nh
    UNION ALL
    SELECT k.row_no, p.prow FROM people AS p JOIN (SELECT f.row_no, f.pid // 10000 AS head, n.nh FROM facts AS f
        JOIN by_name AS n ON f.row_no = n.row_no WHERE f.pid IS NOT NULL) AS k
        ON p.pid // 10000 = k.head AND p.nh = k.nh
) AS every_block;

