-- Every fault found while loading: one row per fault, by its place in the officer's file.
-- A fault quotes its cell and stands in no area, so readers of single areas are shown none.
select file, sheet, register, "row", "column", fault, severity, found, expected, message_th, message_en, count(*) over () as total
from warehouse.problem where $reader['areas'] is null
limit $limit offset $offset
