-- The files behind this build: one row per sheet, rows in = kept + refused.
-- Tells: files
select file, sheet, register, register_years, rows_in, rows_kept, rows_refused, left(checksum, 12) as checksum from warehouse.load
