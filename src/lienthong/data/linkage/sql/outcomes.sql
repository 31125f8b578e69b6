-- What a part decided, in whole numbers. alike: what another record of the same person has too, in the same source.
SELECT row_no, coalesce(pid, -1) AS pid, sig * 16 + verdict AS word,
    CASE WHEN verdict IN (1, 2, 6) THEN hash(pid) WHEN content IS NOT NULL THEN hash(content, verdict) ELSE 0 END AS alike
FROM {{part}}
