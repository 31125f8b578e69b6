-- Codes of communes and what became of them; a commune that was split has several.
CREATE OR REPLACE TEMP TABLE units AS
SELECT DISTINCT unit_of(predecessor) AS code, unit_of(successor) AS now FROM units_file AS s
WHERE predecessor IS NOT NULL AND successor IS NOT NULL AND length(predecessor) = length(successor)
    AND length(predecessor) > 2;

CREATE OR REPLACE TEMP TABLE unit_alone AS
SELECT code, min(now) AS now FROM units GROUP BY code HAVING count(*) = 1
