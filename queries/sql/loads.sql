-- The files behind this build: one row per sheet, rows in = kept + refused.
-- Tells: files
-- A file is told to whoever answers for a part of where its records lie; its rows are counted whole.
select file, sheet, register, register_years, rows_in, rows_kept, rows_refused, left(checksum, 12) as checksum from warehouse.load
where $reader['areas'] is null or is_in($reader['areas'], area) or len(list_filter($reader['areas'], lambda a: starts_with(a, area))) > 0
