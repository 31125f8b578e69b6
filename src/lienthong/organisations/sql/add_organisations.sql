-- Agencies that the register lacks.
WITH line AS MATERIALIZED (
    SELECT *
    FROM jsonb_to_recordset(%s::jsonb) AS line (
        code text, valid_from date, valid_to date, name text, short_name text, kind text, sector text,
        parent_code text, parent_from date, path text, unit_level text, unit_code text, unit_from date,
        is_service_point boolean, code_is_official boolean, is_certain boolean, source text,
        source_note text, search_key text, sort_key text
    )
),
file AS MATERIALIZED (
    SELECT line.*, above.id AS parent_id, unit.id AS unit_id
    FROM line
    LEFT JOIN organisations_organisation AS above
        ON above.code = line.parent_code AND above.valid_from = line.parent_from
    LEFT JOIN territory_unit AS unit
        ON unit.level = line.unit_level AND unit.code = line.unit_code AND unit.valid_from = line.unit_from
)
INSERT INTO organisations_organisation (
    code, valid_from, valid_to, name, short_name, kind, sector, parent_id, path, unit_id,
    is_service_point, code_is_official, is_certain, source, source_note, search_key, sort_key
)
SELECT
    file.code, file.valid_from, file.valid_to, file.name, file.short_name, file.kind, file.sector,
    file.parent_id, file.path, file.unit_id, file.is_service_point, file.code_is_official,
    file.is_certain, file.source, file.source_note, file.search_key, file.sort_key
FROM file
WHERE NOT EXISTS (
    SELECT FROM organisations_organisation AS organisation
    WHERE organisation.code = file.code AND organisation.valid_from = file.valid_from
)
