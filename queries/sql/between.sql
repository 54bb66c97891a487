-- Where one household stands in the list of those found, in the order in which `households` has them: one row.
-- Tells: cases
-- Computes: total, position, before, after
with placed as materialized (
  select ref, row_number() over road as position, lag(ref) over road as before, lead(ref) over road as after,
         count(*) over () as total
  from matching_households($filters, $reader, $search, $sort)
  window road as (order by alike, worst, stillest, called collate th, village_code, house, ref))
select coalesce(total, 0) as total, coalesce(position, 0) as position, before, after
from (select $household as ref) asked left join placed using (ref)
