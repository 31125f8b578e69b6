-- Who carries on the work of an agency that ended.
UPDATE organisations_organisation AS organisation SET successor_id = heir.id
FROM jsonb_to_recordset(%s::jsonb) AS line (code text, valid_from date, successor text, successor_from date)
JOIN organisations_organisation AS heir ON heir.code = line.successor AND heir.valid_from = line.successor_from
WHERE organisation.code = line.code AND organisation.valid_from = line.valid_from
    AND organisation.successor_id IS DISTINCT FROM heir.id
