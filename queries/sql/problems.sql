-- Every fault found while loading: one row per fault, by its place in the officer's file.
select file, sheet, register, "row", "column", fault, severity, found, expected, message_th, message_en, count(*) over () as total
from warehouse.problem limit $limit offset $offset
