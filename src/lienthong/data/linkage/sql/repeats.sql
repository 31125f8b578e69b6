-- Of `alike`, the records that say one person within one source, all but the first; and which that is.
SELECT row_no, first FROM (
    SELECT a.row_no, first_value(r.record_id) OVER (PARTITION BY a.alike, a.source, a.pid ORDER BY length(r.record_id), r.record_id, a.row_no) AS first,
        row_number() OVER (PARTITION BY a.alike, a.source, a.pid ORDER BY length(r.record_id), r.record_id, a.row_no) AS turn
    FROM record_file AS r JOIN alike AS a ON r.row_no = a.row_no
) AS t WHERE turn > 1 ORDER BY row_no
