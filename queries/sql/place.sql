-- The name of one place, by its code (`within`): one row, or none.
-- Tells: words
-- Computes: code, level, name_th, name_en
select code, level, name_th, name_en from warehouse.place where code = $within
