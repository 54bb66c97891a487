-- The smallest area that holds both codes: a village, subdistrict, district or province, '' for the nation, null for no place.
-- Reads: fault, non_record
-- Writes: record_area, reported_fault, sheet_span
create macro common_area(lowest, highest) as case when lowest = highest then lowest
  when lowest[1:6] = highest[1:6] then lowest[1:6] when lowest[1:4] = highest[1:4] then lowest[1:4]
  when lowest[1:2] = highest[1:2] then lowest[1:2] when lowest <> highest then '' end;

-- What is reported: of a row that is no record nothing but that, of a corrected row nothing.
create view reported_fault as
from fault
where row_id is null or row_id not in (select row_id from non_record)
   or (fault = 'not_a_record' and row_id not in (select row_id from non_record where reason = 'corrected'));

create table record_area (row_id bigint, area varchar);
create table sheet_span (sheet_no int, lowest varchar, highest varchar);
