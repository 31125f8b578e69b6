-- Successions that the table lacks. A code's length tells its level: no two levels share a code.
INSERT INTO territory_succession (predecessor_id, successor_id, is_partial, source)
SELECT before.id, after.id, line.is_partial = 1, line.source
FROM jsonb_to_recordset(%s::jsonb) AS line (
    predecessor text, predecessor_from date, successor text, successor_from date, is_partial integer, source text
)
JOIN territory_unit AS before ON before.code = line.predecessor AND before.valid_from = line.predecessor_from
JOIN territory_unit AS after ON after.code = line.successor AND after.valid_from = line.successor_from
ON CONFLICT (predecessor_id, successor_id) DO NOTHING
