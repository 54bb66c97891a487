-- Where one household stands among those behind a figure, in the order in which `behind` lists them: one row.
-- Tells: cases
-- Computes: total, position, before, after
with placed as materialized (
  select s.ref, row_number() over road as position, lag(s.ref) over road as before, lead(s.ref) over road as after,
         count(*) over () as total
  from behind_figure($filters, $reader, $words) s join visible_households($reader) h using (home)
  window road as (order by s.village_code, house_order($reader, h.house_no), s.ref))
select coalesce(total, 0) as total, coalesce(position, 0) as position, before, after
from (select $household as ref) asked left join placed using (ref)
