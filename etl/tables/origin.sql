-- Where each record of a household was read: one row per record, with its file, sheet and row there; `record` is its key within
-- its household. A household that two lists tell of has the row of the first.
-- Reads: out.household, sheet
-- Writes: out.origin
create table out.origin as
with record as ({each})
select h.rowid as home, r.register, r.record, s.file, s.sheet, s.checksum, cast(place_of(r.row_id) + s.first as int) as "row"
from record r join out.household h using (register_year, household_id) join sheet s using (sheet_no)
order by home, r.register, r.record;
