-- One row per file: the smallest area that holds all its records; a file without a known place lies where the whole build does.
-- Reads: sheet, sheet_span
-- Writes: file_area
create table file_area as
with whole as (select common_area(min(lowest), max(highest)) as area from sheet_span),
each as (select file, common_area(min(lowest), max(highest)) as area from sheet left join sheet_span using (sheet_no)
  group by file)
select file, coalesce(each.area, whole.area, '') as area from each, whole;
