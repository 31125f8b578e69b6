-- Units whose row in the file differs from the register: the file is right.
WITH line AS MATERIALIZED (
    SELECT *
    FROM jsonb_to_recordset(%s::jsonb) AS line (
        level text, code text, kind text, name text, short_name text, search_key text, sort_key text,
        parent_level text, parent_code text, valid_from date, valid_to date, is_certain integer,
        source text, source_note text, latitude double precision, longitude double precision
    )
),
file AS MATERIALIZED (
    SELECT DISTINCT ON (line.code, line.valid_from) line.*, above.id AS parent_id
    FROM line
    LEFT JOIN territory_unit AS above
        ON above.level = line.parent_level
        AND above.code = line.parent_code
        AND daterange(above.valid_from, above.valid_to) && daterange(line.valid_from, line.valid_to)
    ORDER BY line.code, line.valid_from, above.valid_from DESC
)
UPDATE territory_unit AS unit SET
    kind = file.kind, name = file.name, short_name = file.short_name, search_key = file.search_key,
    sort_key = file.sort_key, parent_id = file.parent_id, valid_to = file.valid_to,
    is_certain = (file.is_certain = 1), source = file.source, source_note = file.source_note,
    latitude = file.latitude, longitude = file.longitude
FROM file
WHERE unit.level = file.level AND unit.code = file.code AND unit.valid_from = file.valid_from
    AND (
        unit.kind, unit.name, unit.short_name, unit.search_key, unit.sort_key, unit.parent_id,
        unit.valid_to, unit.is_certain, unit.source, unit.source_note, unit.latitude, unit.longitude
    ) IS DISTINCT FROM (
        file.kind, file.name, file.short_name, file.search_key, file.sort_key, file.parent_id,
        file.valid_to, (file.is_certain = 1), file.source, file.source_note, file.latitude,
        file.longitude
    )
