-- Every fault found while loading: one row per fault, by its place in the officer's file.
-- Tells: files
-- A fault quotes its cell and stands in no area, so readers of single areas are shown none.
select file, sheet, register, "row", "column", fault, severity, if($reader['citizen_id'], found, without_ids(found)) as found, expected,
       if($reader['citizen_id'], message_th, without_ids(message_th)) as message_th,
       if($reader['citizen_id'], message_en, without_ids(message_en)) as message_en, count(*) over () as total
from warehouse.problem where $reader['areas'] is null
limit $limit offset $offset
