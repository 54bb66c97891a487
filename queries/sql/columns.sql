-- The columns of the files behind this build: one row per heading of a sheet, filled cells = understood + refused + blank.
-- Tells: files
-- Computes: file, sheet, heading, means_th, means_en, degree, filled, understood, refused, blank, total
-- Those that were not read, or least of whose cells were, come first. A file is shown to whoever answers for a part of where
-- its records lie.
select file, sheet, heading, means_th, means_en, degree, filled, understood, refused, blank, count(*) over () as total
from warehouse.column_account
where is_in($reader['areas'], area) or len(list_filter($reader['areas'], lambda a: starts_with(a, area))) > 0
order by understood / nullif(filled - blank, 0) nulls last, file, sheet_no, place
limit $limit offset $offset
