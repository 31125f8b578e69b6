-- Who carries on the work of an agency that ended: the bearer of the successor's code on that day.
UPDATE organisations_organisation AS organisation SET successor_id = heir.id
FROM jsonb_to_recordset(%s::jsonb) AS line (code text, valid_from date, valid_to date, successor text)
JOIN organisations_organisation AS heir
    ON heir.code = line.successor AND daterange(heir.valid_from, heir.valid_to) @> line.valid_to
WHERE organisation.code = line.code AND organisation.valid_from = line.valid_from
    AND organisation.successor_id IS DISTINCT FROM heir.id
