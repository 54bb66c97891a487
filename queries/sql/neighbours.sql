-- Where one household stands among those chosen, by village and house: one row with the one before and the one after.
-- Tells: cases
-- Computes: total, position, before, after, first
with own as materialized (
  select max(village_code) as village_code from chosen_households($filters, $reader) where home = home_of($household)),
near as materialized (  -- its village and the next ones in which any is chosen: nowhere else need households be put in order
  select sum(households) as total, sum(households) filter (t.village_code < own.village_code) as ahead,
         any_value(own.village_code) as own, min(t.village_code) as first,
         max(t.village_code) filter (t.village_code < own.village_code) as before,
         min(t.village_code) filter (t.village_code > own.village_code) as after
  from chosen_tallies($filters, $reader) t, own),
placed as materialized (
  select ref, village_code, row_number() over (partition by village_code order by house_order($reader, house_no), ref) as place
  from chosen_households($filters, $reader) where village_code in (select unnest([first, before, own, after]) from near)),
beside as (select ref, place, lag(ref) over road as before, lead(ref) over road as after from placed
  window road as (order by village_code, place))
select cast(coalesce(total, 0) as bigint) as total, cast(coalesce(ahead + place, place, 0) as bigint) as position,
       beside.before, beside.after, (select ref from placed order by village_code, place limit 1) as first
from near left join beside on ref = $household
