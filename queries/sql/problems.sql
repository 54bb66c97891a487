-- Every fault found while loading: one row per fault, by its place in the officer's file.
-- Tells: files
-- Computes: file, sheet, register, row, column, fault, severity, total
-- A reader of single areas is shown those that lie in them wholly: a fault of a province's file is the province's to mend.
select file, sheet, register, "row", "column", fault, severity, if($reader['citizen_id'], found, without_ids(found)) as found,
       if($reader['citizen_id'], expected, without_ids(expected)) as expected,
       if($reader['citizen_id'], message_th, without_ids(message_th)) as message_th,
       if($reader['citizen_id'], message_en, without_ids(message_en)) as message_en, count(*) over () as total
from warehouse.problem where is_in($reader['areas'], area)
limit $limit offset $offset
