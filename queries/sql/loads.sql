-- The files behind this build: one row per sheet, rows in = kept + refused.
-- Tells: files
-- Computes: file, sheet, register, register_years, rows_in, rows_kept, rows_refused, waiting, checksum
-- A file is shown to whoever answers for a part of where its records lie; its rows are counted whole. `waiting` are the refused
-- rows of the reader's areas, which come back as a workbook.
with waiting as (
  select file, sheet, count(*) as waiting from warehouse.refused
  where is_in($reader['areas'], area) group by all)
select l.file, l.sheet, register, register_years, rows_in, rows_kept, rows_refused, coalesce(waiting, 0) as waiting,
       left(checksum, 12) as checksum
from warehouse.load l left join waiting w on w.file = l.file and w.sheet = l.sheet
where is_in($reader['areas'], area) or len(list_filter($reader['areas'], lambda a: starts_with(a, area))) > 0
